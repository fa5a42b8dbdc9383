/** The kinds of workload that a rollout is told of. */
export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'Pod';

const kinds: readonly (readonly [RegExp, WorkloadKind])[] = [
  [/^(deploy|deployments?)(\.apps)?$/i, 'Deployment'],
  [/^(rs|replicasets?)(\.apps)?$/i, 'ReplicaSet'],
  [/^(po|pods?)$/i, 'Pod'],
];

/** A kind by any of the names that kubectl has for it; undefined for another one. */
export function kindOf(type: string): WorkloadKind | undefined {
  return kinds.find(([pattern]) => pattern.test(type))?.[1];
}
