import { readyPods } from '../timeline/counts.ts';
import type { Load } from '../timeline/observations.ts';
import { findInPlaceReplacements } from './in-place.ts';
import {
  findMaximum,
  formatPods,
  formatSeconds,
  sinceChange,
  type Finding,
  type Situation,
} from './situation.ts';

function describeFailures({ failures, failed, sent }: Load): Finding {
  const [first] = failures;
  const because = `${failed} of ${sent} requests failed`;
  if (!first) return { holds: false, because };
  return {
    holds: false,
    at: first.at,
    because: `${because}, the first at ${formatSeconds(first.at)}: ${first.error}`,
  };
}

/** No outage: a pod is ready at every time since the change, and no request of a recorded load failed. */
export const noOutage: Situation = {
  name: 'no-outage',
  description: 'at least one pod is always ready, and no recorded request failed',
  find: (timeline): Finding => {
    const { load } = timeline;
    if (load && load.failed > 0) return describeFailures(load);
    const minimum = findMaximum(sinceChange(timeline), (sample) => -readyPods(sample));
    if (!minimum) return { holds: false, because: 'the timeline has no samples' };
    const alone = findInPlaceReplacements(timeline).find(({ othersReady }) => othersReady <= 0);
    if (alone) {
      const because = `the container of the only ready pod is replaced in place at ${formatSeconds(alone.at)}: no pod serves until the new container is ready`;
      return { holds: false, at: alone.at, because };
    }
    const { at } = minimum;
    const ready = readyPods(minimum);
    if (ready === 0) return { holds: false, at, because: `no pod is ready at ${formatSeconds(at)}` };
    return {
      holds: true,
      at,
      because: `never fewer than ${formatPods(ready, 'ready')}, first at ${formatSeconds(at)}`,
    };
  },
};
