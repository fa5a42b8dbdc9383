import type { ContainerSpec } from '../manifest/workload-spec.ts';
import type { Behaviours } from '../simulation/kubelet.ts';
import type { Behaviour } from '../simulation/timings.ts';

/** Seconds for all pods, or by version: `{ old: 1, new: 20 }`. A number as key is the revision of a lane. */
export type ByVersion =
  number | Readonly<Partial<Record<'old' | 'new', number>> & Partial<Record<`${number}`, number>>>;

/**
 * How the processes behave, in seconds. An option that is absent is read from the environment of
 * the manifest's containers: `START_DELAY_SECONDS`, `CRASH_AFTER_SECONDS` and `HANG_AFTER_SECONDS`
 * (0 means never), and `DRAIN_DELAY_SECONDS`.
 */
export type BehaviourOptions = Readonly<Partial<Record<keyof Behaviour, ByVersion | undefined>>>;

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

/** Returns how each container behaves. Options take precedence over the environment. */
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
