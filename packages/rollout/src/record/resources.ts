/** The kinds of object that are read or written here, and where the API server keeps them. */
const resources = {
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  ReplicaSet: { apiVersion: 'apps/v1', plural: 'replicasets' },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  Service: { apiVersion: 'v1', plural: 'services' },
  Event: { apiVersion: 'v1', plural: 'events' },
  Node: { apiVersion: 'v1', plural: 'nodes' },
} as const;

export type Kind = keyof typeof resources;

export const apiVersionOf = (kind: Kind): string => resources[kind].apiVersion;

/** Where an object is, or all of a kind without a name; in all namespaces without a namespace. */
export function pathOf(kind: Kind, namespace?: string, name?: string): string {
  const { apiVersion, plural } = resources[kind];
  const group = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const inside = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${group}${inside}/${plural}${name === undefined ? '' : `/${name}`}`;
}
