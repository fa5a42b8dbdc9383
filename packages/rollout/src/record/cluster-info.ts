import { urlPathOf } from '../rules/kinds.ts';
import type { ClusterInfo } from '../timeline/observations.ts';
import type { Cluster } from './cluster.ts';

interface Node {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly nodeInfo?: { readonly kubeletVersion?: string };
    readonly allocatable?: { readonly cpu?: string; readonly memory?: string; readonly pods?: string };
  };
}

const cache = new WeakMap<Cluster, Promise<ClusterInfo>>();

function nodeInfo({ metadata: { name }, status }: Node): ClusterInfo['nodes'][number] {
  const { cpu, memory, pods } = status?.allocatable ?? {};
  const kubeletVersion = status?.nodeInfo?.kubeletVersion;
  const room = Number(pods?.replace(/k$/, '000'));
  return {
    name,
    ...(kubeletVersion !== undefined && { kubeletVersion }),
    ...(Number.isInteger(room) && { pods: room }),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  };
}

async function read(cluster: Cluster): Promise<ClusterInfo> {
  const version = Object(await cluster.request('GET', '/version')) as { gitVersion?: string };
  // a user who may record is often not allowed to list nodes
  const list = await cluster.request('GET', urlPathOf('Node')).catch(() => ({ items: [] }));
  const { items = [] } = Object(list) as { items?: readonly Node[] };
  return {
    context: cluster.context,
    serverVersion: version.gitVersion ?? 'unknown',
    nodes: items.map(nodeInfo),
  };
}

/** Returns the version and the nodes of a cluster. Reads them once for each cluster. */
export function clusterInfo(cluster: Cluster): Promise<ClusterInfo> {
  const info = cache.get(cluster) ?? read(cluster);
  cache.set(cluster, info);
  return info;
}
