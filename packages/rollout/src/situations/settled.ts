import { restedAt, seconds, type Finding, type Situation } from './situation';

/** The workload has all that it asks for, and nothing is left to happen. */
export const settled: Situation = {
  name: 'settled',
  says: 'it comes to its end: all pods are as asked for, none is ending',
  find: (timeline): Finding => {
    const { at, reason, message } = timeline.end;
    if (reason !== 'settled') {
      return { holds: false, at, because: `not settled by ${seconds(at)}: ${message ?? reason}` };
    }
    const rested = restedAt(timeline);
    return { holds: true, at: rested, because: `settled at ${seconds(rested)}` };
  },
};
