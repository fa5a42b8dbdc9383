import { InputError } from '../errors/input-error.ts';
import { declaredBehaviour } from '../manifest/declared-behaviour.ts';
import type { ContainerSpec, PodTemplate } from '../manifest/workload-spec.ts';
import type { Behaviours, PodOrigin } from '../simulation/pod-worker.ts';
import type { Behaviour } from '../simulation/timings.ts';

/** Seconds for all pods, or by version: `{ old: 1, new: 20 }`. A number as key is the revision of a lane. */
export type ByVersion<Value = number> =
  Value | Readonly<Partial<Record<'old' | 'new', Value>> & Partial<Record<`${number}`, Value>>>;

/**
 * How the processes of the containers behave, in seconds. An option that is absent is read from the annotations of the
 * pod template, `rollout.online-inference/start-delay` and so on, or from the environment of the manifest's
 * containers and its ConfigMaps: `START_DELAY_SECONDS`, `CRASH_AFTER_SECONDS` and `HANG_AFTER_SECONDS`
 * (0 means never), and `DRAIN_DELAY_SECONDS`. Sidecars have their environment only. `init` is about init containers.
 *
 * The crash or hang of a pod that runs at the change counts from the change. If no change makes a new
 * version, `new` are the pods that are created after the change.
 */
export type BehaviourOptions = Readonly<Partial<Record<keyof Behaviour, ByVersion | undefined>>>;

const variables: Readonly<Partial<Record<keyof Behaviour, string>>> = {
  startDelay: 'START_DELAY_SECONDS',
  crashAfter: 'CRASH_AFTER_SECONDS',
  hangAfter: 'HANG_AFTER_SECONDS',
  drain: 'DRAIN_DELAY_SECONDS',
};

/** Returns what an option says about a pod. */
export function given<Value extends number | string>(
  option: ByVersion<Value> | undefined,
  { revision, adopted }: PodOrigin,
  revisions: number,
): Value | undefined {
  if (typeof option !== 'object') return option;
  const exact = option[`${revision}`];
  if (exact !== undefined) return exact;
  if (revisions > 1 || adopted) return option[revision === 0 ? 'old' : 'new'];
  return option.new ?? option.old;
}

/** Returns the flag of an option: `--start-delay`. */
const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Throws for an option that would have no effect.
 *
 * @param templates the pod templates before and after each change
 */
function refuseIdle(options: BehaviourOptions, templates: readonly PodTemplate[], revisions: number): void {
  for (const [name, option] of Object.entries(options)) {
    const unknown = Object.keys(Object(option) as object).find((key) => Number(key) >= revisions);
    if (unknown !== undefined) {
      const all = revisions > 1 ? `0 (old) to ${revisions - 1}` : '0 (old): no change makes a new version';
      throw new InputError(`${flag(name)} ${unknown}=…: no such revision, the revisions are ${all}`);
    }
  }
  const inits = templates.flatMap(({ initContainers }) => initContainers).filter(({ sidecar }) => !sidecar);
  if (options.init !== undefined && inits.length === 0)
    throw new InputError(`${flag('init')}: no pod template has an init container that ends`);
}

/** A start that old pods have behind them at the change, in seconds. */
const LONG_READY_SECONDS = 1800;

/** Returns true for an option that names a version. */
const names = (option: ByVersion | undefined, version: 'old' | 'new'): boolean =>
  typeof option === 'object' && option[version] !== undefined;

/**
 * Returns how each container behaves. Options take precedence over the annotations of the pod template, and these
 * over the environment.
 *
 * @param templates the pod templates before and after each change
 * @throws InputError for an option that would have no effect
 */
export function behavioursOf(options: BehaviourOptions, templates: readonly PodTemplate[]): Behaviours {
  const revisions = new Set(templates.map(({ key }) => key)).size;
  refuseIdle(options, templates, revisions);
  const declared = [...new Map(templates.map(({ key, annotations }) => [key, annotations])).values()].map(
    declaredBehaviour,
  );
  return ({ env }: ContainerSpec, pod, role): Behaviour => {
    const seconds = (name: keyof Behaviour): number | undefined => {
      const variable = Number.parseFloat(env[variables[name] ?? ''] ?? '');
      const ofPod = given(options[name], pod, revisions) ?? declared[pod.revision]?.[name];
      return (role === 'sidecar' ? undefined : ofPod) ?? (variable >= 0 ? variable : undefined);
    };
    // A time that is not about old pods alone does not keep those unready that have run for long.
    const longest = pod.adopted && !names(options.startDelay, 'old') ? LONG_READY_SECONDS : Infinity;
    const [crashAfter = 0, hangAfter = 0] = [seconds('crashAfter'), seconds('hangAfter')];
    return {
      init: seconds('init') ?? 0,
      boot: seconds('boot') ?? 0,
      startDelay: Math.min(longest, seconds('startDelay') ?? 0),
      drain: seconds('drain') ?? 0,
      ...(crashAfter > 0 && { crashAfter }),
      ...(hangAfter > 0 && { hangAfter }),
    };
  };
}
