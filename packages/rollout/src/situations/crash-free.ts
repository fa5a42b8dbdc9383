import { formatPods, formatSeconds, type Finding, type Situation } from './situation.ts';

const holdsBecause = 'no container crashes or restarts';

/** Crash-free: no container exits by itself, and none is restarted. */
export const crashFree: Situation = {
  name: 'crash-free',
  description: holdsBecause,
  find: ({ pods: lanes }): Finding => {
    const broken = lanes.filter(
      ({ restarts, states }) => restarts > 0 || states.some(({ state }) => state === 'crashed'),
    );
    if (broken.length === 0) return { holds: true, because: holdsBecause };
    const times = broken.flatMap(({ states }) => states.find(({ state }) => state === 'crashed')?.at ?? []);
    const because = `${formatPods(broken.length)} crashed or restarted`;
    if (times.length === 0) return { holds: false, because };
    const at = Math.min(...times);
    return { holds: false, at, because: `${because}, the first at ${formatSeconds(at)}` };
  },
};
