import { InputError } from '../errors/input-error.ts';
import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { Surroundings } from '../manifest/surroundings.ts';
import type { Claims } from '../simulation/node-pool.ts';
import type { PodBehaviours } from '../simulation/pod-start.ts';
import { given, type ByVersion } from './behaviours.ts';

/** What pods wait for beside their containers. Units: seconds. */
export interface PodBehaviourOptions {
  /** How long the first pull of the images on a node takes; `never` for a pull that fails. @default 0 */
  readonly pull?: ByVersion<number | 'never'> | undefined;
  /** From the readiness of the containers until a controller sets the conditions of readiness gates. @default never */
  readonly gate?: ByVersion | undefined;
}

/**
 * Returns what pods wait for beside their containers.
 *
 * @param templates the pod templates before and after each change
 * @throws InputError for an option that would have no effect
 */
export function podBehavioursOf(
  { pull, gate }: PodBehaviourOptions,
  templates: readonly PodTemplate[],
  isBarePod: boolean,
): PodBehaviours {
  const revisions = new Set(templates.map(({ key }) => key)).size;
  if (gate !== undefined && templates.every(({ readinessGates }) => readinessGates.length === 0))
    throw new InputError('gate: the pod template has no readinessGates');
  if (pull !== undefined && isBarePod)
    throw new InputError('pull: the pull of a new image in a running Pod is not predicted');
  return ({ revision }) => {
    const pod = { revision, adopted: false };
    const seconds = given(pull, pod, revisions) ?? 0;
    return {
      pull: seconds === 'never' ? Infinity : seconds,
      gate: given(gate, pod, revisions) ?? Infinity,
    };
  };
}

/** Returns how the claims of pods can be mounted. A claim whose access mode is not known is taken as ReadWriteOnce. */
export function claimsOf(templates: readonly PodTemplate[], { claimModes }: Surroundings): Claims {
  const names = [...new Set(templates.flatMap(({ placement }) => placement.claims))];
  const modesOf = (name: string): readonly string[] => claimModes.get(name) ?? ['ReadWriteOnce'];
  return {
    once: new Set(names.filter((name) => !modesOf(name).some((mode) => mode.endsWith('Many')))),
    oncePod: new Set(names.filter((name) => modesOf(name).includes('ReadWriteOncePod'))),
  };
}
