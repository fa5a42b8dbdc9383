import type { Scaling } from './rolling-rules';

/** A ReplicaSet among several that a change of replicas is spread over. */
export interface ShareHolder {
  readonly replicas: number;
  /** Replicas and surge when it was last scaled: its annotation `max-replicas`. */
  readonly max: number;
}

const rounded = (value: number): number => (value < 0 ? Math.ceil(value - 0.5) : Math.floor(value + 0.5));

/**
 * The sizes of all active ReplicaSets of a rolling update when the Deployment is scaled
 * in the middle of it: each keeps its share, the largest takes what is left over.
 *
 * @param sets the active ones in order of creation
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `scale`
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `GetProportion`
 */
export function proportionalSizes(
  { replicas, surge }: { readonly replicas: number; readonly surge: number },
  sets: readonly ShareHolder[],
): Scaling[] {
  const allowed = replicas > 0 ? replicas + surge : 0;
  const toAdd = allowed - sets.reduce((total, set) => total + set.replicas, 0);
  const newerFirst = toAdd > 0;
  const order = sets
    .map((set, index) => ({ ...set, index }))
    .sort((a, b) => b.replicas - a.replicas || (newerFirst ? b.index - a.index : a.index - b.index));

  let added = 0;
  const scalings = order.map(({ index, replicas: size, max }) => {
    const share = replicas === 0 ? -size : rounded((size * (replicas + surge)) / max) - size;
    const left = toAdd - added;
    const by = left === 0 ? 0 : newerFirst ? Math.min(share, left) : Math.max(share, left);
    added += by;
    return { index, to: size + by };
  });
  return scalings.map(({ index, to }, place) => ({
    index,
    to: place === 0 ? Math.max(0, to + toAdd - added) : to,
  }));
}
