/** The kinds of object that this package reads or writes, with the names that URLs and kubectl use for them. */
const kinds = {
  Deployment: { group: 'apps', plural: 'deployments', short: 'deploy' },
  ReplicaSet: { group: 'apps', plural: 'replicasets', short: 'rs' },
  StatefulSet: { group: 'apps', plural: 'statefulsets', short: 'sts' },
  DaemonSet: { group: 'apps', plural: 'daemonsets', short: 'ds' },
  Pod: { group: '', plural: 'pods', short: 'po' },
  ControllerRevision: { group: 'apps', plural: 'controllerrevisions', short: '' },
  Service: { group: '', plural: 'services', short: 'svc' },
  Event: { group: '', plural: 'events', short: 'ev' },
  Node: { group: '', plural: 'nodes', short: 'no' },
} as const;

/** A kind of object that this package reads or writes. */
export type ObjectKind = keyof typeof kinds;

/** The kinds of workload whose rollout can be predicted and recorded. */
export const workloadKinds = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Pod',
] as const satisfies readonly ObjectKind[];
/** A kind of workload whose rollout can be predicted and recorded. */
export type WorkloadKind = (typeof workloadKinds)[number];

/** Returns the `apiVersion` of a kind: `apps/v1` or `v1`. */
export const apiVersionOf = (kind: ObjectKind): string => [kinds[kind].group, 'v1'].filter(Boolean).join('/');

/**
 * Returns the URL path of an object on the API server.
 *
 * @param namespace without one, the path of all namespaces, or of a kind that has none
 * @param name without one, the path of all objects of the kind
 */
export function urlPathOf(kind: ObjectKind, namespace?: string, name?: string): string {
  const { group, plural } = kinds[kind];
  const inside = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `/${group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}${inside}/${plural}${name === undefined ? '' : `/${name}`}`;
}

/** Returns the kind of workload that a kubectl name means, such as `deploy`, `pods` or `replicasets.apps`. */
export function workloadKindOf(name: string): WorkloadKind | undefined {
  const [word = '', ...group] = name.toLowerCase().split('.');
  return workloadKinds.find((kind) => {
    const { plural, short, group: own } = kinds[kind];
    const named = [kind.toLowerCase(), plural, short].includes(word);
    return named && (group.length === 0 || (own !== '' && group.join('.') === own));
  });
}
