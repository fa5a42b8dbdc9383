import { pods, seconds, type Finding, type Situation } from './situation';

/** No container ends by itself or is restarted. */
export const crashFree: Situation = {
  name: 'crash-free',
  says: 'no container crashes or is restarted',
  find: ({ pods: lanes }): Finding => {
    const broken = lanes.filter(
      ({ restarts, states }) => restarts > 0 || states.some(({ state }) => state === 'crashed'),
    );
    const times = broken.flatMap(({ states }) => states.find(({ state }) => state === 'crashed')?.at ?? []);
    const at = times.length > 0 ? Math.min(...times) : undefined;
    if (broken.length === 0) return { holds: true, because: 'no container crashes or is restarted' };
    const when = at === undefined ? '' : `, the first at ${seconds(at)}`;
    return {
      holds: false,
      ...(at !== undefined && { at }),
      because: `${pods(broken.length)} crashed or restarted${when}`,
    };
  },
};
