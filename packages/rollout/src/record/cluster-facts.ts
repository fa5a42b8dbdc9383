import type { Cluster as ClusterFacts } from '../timeline/observations';
import type { Cluster } from './cluster';
import { pathOf } from './resources';

interface Node {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly nodeInfo?: { readonly kubeletVersion?: string };
    readonly allocatable?: { readonly cpu?: string; readonly memory?: string; readonly pods?: string };
  };
}

const known = new WeakMap<Cluster, Promise<ClusterFacts>>();

async function ask(cluster: Cluster): Promise<ClusterFacts> {
  const version = Object(await cluster.request('GET', '/version')) as { gitVersion?: string };
  // who may record need not be allowed to list nodes
  const list = await cluster.request('GET', pathOf('Node')).catch(() => ({ items: [] }));
  const { items = [] } = Object(list) as { items?: readonly Node[] };
  return {
    context: cluster.context,
    serverVersion: version.gitVersion ?? 'unknown',
    nodes: items.map(({ metadata: { name }, status }) => {
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
    }),
  };
}

/** What cluster this is; asked once for each. */
export function clusterFacts(cluster: Cluster): Promise<ClusterFacts> {
  const facts = known.get(cluster) ?? ask(cluster);
  known.set(cluster, facts);
  return facts;
}
