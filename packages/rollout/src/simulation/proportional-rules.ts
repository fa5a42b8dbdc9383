import type { RolloutLimits, Scaling } from './rolling-rules.ts';

/** One of the ReplicaSets that share a change of the Deployment's replicas. */
export interface ShareHolder {
  readonly replicas: number;
  /** Annotation `max-replicas`: the Deployment's replicas plus surge when it last scaled this ReplicaSet. */
  readonly max: number;
}

/** Rounds half away from zero, as Go does; `Math.round(-0.5)` is 0. */
const roundAwayFromZero = (value: number): number =>
  value < 0 ? Math.ceil(value - 0.5) : Math.floor(value + 0.5);

/**
 * Returns the sizes of all active ReplicaSets when a Deployment is scaled during a rollout.
 *
 * Each ReplicaSet gets round(size × (N + S) / max), limited by the pods left to add or remove. The
 * largest ReplicaSet takes the rest; of equal ones the newest when scaling up, the oldest when scaling down.
 *
 * Deployment scaled from 10 to 20 replicas, surge 4, an old set of 10 and a new one of 2, both of max 12:
 * old 10 × 24 / 12 = 20, new 2 × 24 / 12 = 4.
 *
 * Deployment scaled from 10 to 11 replicas, surge 0, two sets of 5, both of max 10: 5 × 11 / 10 = 5.5
 * rounds to 6; the newer set takes the only pod: 5 and 6.
 *
 * @param sets the active ReplicaSets in order of creation
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `scale`
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `GetProportion`
 */
export function scaleProportionally(
  { replicas, surge }: Pick<RolloutLimits, 'replicas' | 'surge'>,
  sets: readonly ShareHolder[],
): Scaling[] {
  const allowed = replicas > 0 ? replicas + surge : 0;
  const toAdd = allowed - sets.reduce((total, set) => total + set.replicas, 0);
  const scalingUp = toAdd > 0;
  const order = sets
    .map((set, index) => ({ ...set, index }))
    .sort((a, b) => b.replicas - a.replicas || (scalingUp ? b.index - a.index : a.index - b.index));

  let added = 0;
  const scalings = order.map(({ index, replicas: size, max }) => {
    const share = replicas === 0 ? -size : roundAwayFromZero((size * (replicas + surge)) / max) - size;
    const left = toAdd - added;
    const by = left === 0 ? 0 : scalingUp ? Math.min(share, left) : Math.max(share, left);
    added += by;
    return { index, to: size + by };
  });
  return scalings.map(({ index, to }, place) => ({
    index,
    to: place === 0 ? Math.max(0, to + toAdd - added) : to,
  }));
}
