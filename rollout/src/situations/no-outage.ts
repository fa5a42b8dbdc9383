import type { Timeline } from '../timeline';
import { greatest, pods, readyOf, seconds, sinceChange, type Finding, type Situation } from './situation';

/**
 * When a pod's container is replaced in place while no other pod serves. Neither a prediction
 * nor a watch has an instant between the old container and the new one, as the pod's Ready
 * condition stays True meanwhile; yet the new one starts only when the old one has ended.
 */
function replacedInPlace({ pods: lanes, samples }: Timeline): number | undefined {
  const gone = new Map<string, number>();
  for (const { pod, states } of lanes) {
    const [begin] = states;
    const last = states.at(-1);
    if (begin && gone.get(pod) === begin.at) {
      const sample = samples.findLast(({ at }) => at <= begin.at);
      const others = (sample ? readyOf(sample) : 0) - (begin.state === 'ready' ? 1 : 0);
      if (others <= 0) return begin.at;
    }
    if (last?.state === 'gone') gone.set(pod, last.at);
  }
  return undefined;
}

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
    const replaced = replacedInPlace(timeline);
    if (replaced !== undefined) {
      const because = `the only serving pod's container is replaced in place at ${seconds(replaced)}: nothing serves from the old one's end until the new one is ready`;
      return { holds: false, at: replaced, because };
    }
    const because =
      ready > 0
        ? `never fewer than ${pods(ready, 'ready')}, first at ${seconds(fewest.at)}`
        : `no pod is ready at ${seconds(fewest.at)}`;
    return { holds: ready > 0, at: fewest.at, because };
  },
};
