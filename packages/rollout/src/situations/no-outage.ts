import { replacedInPlace } from './in-place';
import { greatest, pods, readyOf, seconds, sinceChange, type Finding, type Situation } from './situation';

/** Some pod is ready at every instant since the change, none is replaced in place alone, and no request of a recorded load failed. */
export const noOutage: Situation = {
  name: 'no-outage',
  says: 'some pod is ready at every instant, and no recorded request failed',
  find: (timeline): Finding => {
    const failure = timeline.load?.failures[0];
    if (timeline.load && timeline.load.failed > 0) {
      const because = `${timeline.load.failed} of ${timeline.load.sent} requests failed${failure ? `, the first at ${seconds(failure.at)}: ${failure.error}` : ''}`;
      return { holds: false, ...(failure && { at: failure.at }), because };
    }
    const fewest = greatest(sinceChange(timeline), (sample) => -readyOf(sample));
    if (!fewest) return { holds: false, because: 'the timeline has no samples' };
    const ready = readyOf(fewest);
    const alone = replacedInPlace(timeline).find(({ others }) => others <= 0);
    if (alone) {
      const because = `the only serving pod's container is replaced in place at ${seconds(alone.at)}: nothing serves from the old one's end until the new one is ready`;
      return { holds: false, at: alone.at, because };
    }
    const because =
      ready > 0
        ? `never fewer than ${pods(ready, 'ready')}, first at ${seconds(fewest.at)}`
        : `no pod is ready at ${seconds(fewest.at)}`;
    return { holds: ready > 0, at: fewest.at, because };
  },
};
