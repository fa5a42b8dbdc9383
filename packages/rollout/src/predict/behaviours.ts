import type { ContainerSpec } from '../manifest/workload-spec';
import type { Behaviours } from '../simulation/kubelet';
import type { Behaviour } from '../simulation/timings';

/** Seconds for all pods, or by version: a number stands for a revision, as lanes have it. */
export type ByVersion =
  number | Readonly<Partial<Record<'old' | 'new', number>> & Partial<Record<`${number}`, number>>>;

/**
 * What is known of the processes beyond their manifest. What is not given here is
 * read from the environment of the manifest's containers: `START_DELAY_SECONDS`,
 * `CRASH_AFTER_SECONDS` and `HANG_AFTER_SECONDS`, of which 0 is never, and
 * `DRAIN_DELAY_SECONDS`. Units: seconds.
 */
export type BehaviourOptions = Readonly<Partial<Record<keyof Behaviour, ByVersion>>>;

const variables: Readonly<Partial<Record<keyof Behaviour, string>>> = {
  startDelay: 'START_DELAY_SECONDS',
  crashAfter: 'CRASH_AFTER_SECONDS',
  hangAfter: 'HANG_AFTER_SECONDS',
  drain: 'DRAIN_DELAY_SECONDS',
};

function given(option: ByVersion | undefined, revision: number): number | undefined {
  if (typeof option !== 'object') return option;
  return option[`${revision}`] ?? option[revision === 0 ? 'old' : 'new'];
}

/** How the processes behave, from options and environment. */
export function behavioursOf(options: BehaviourOptions): Behaviours {
  return ({ env }: ContainerSpec, revision: number): Behaviour => {
    const seconds = (name: keyof Behaviour): number | undefined => {
      const variable = Number.parseFloat(env[variables[name] ?? ''] ?? '');
      return given(options[name], revision) ?? (variable >= 0 ? variable : undefined);
    };
    const [crashAfter = 0, hangAfter = 0] = [seconds('crashAfter'), seconds('hangAfter')];
    return {
      boot: seconds('boot') ?? 0,
      startDelay: seconds('startDelay') ?? 0,
      drain: seconds('drain') ?? 0,
      ...(crashAfter > 0 && { crashAfter }),
      ...(hangAfter > 0 && { hangAfter }),
    };
  };
}
