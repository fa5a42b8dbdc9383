import { greatest, pods, readyOf, seconds, sinceChange, type Finding, type Situation } from './situation';

/** Some pod is ready at every instant since the change, and no request of a recorded load failed. */
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
    const because =
      ready > 0
        ? `never fewer than ${pods(ready, 'ready')}, first at ${seconds(fewest.at)}`
        : `no pod is ready at ${seconds(fewest.at)}`;
    return { holds: ready > 0, at: fewest.at, because };
  },
};
