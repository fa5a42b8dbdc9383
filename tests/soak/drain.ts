import { setTimeout as sleep } from 'node:timers/promises';
import { kubectl, kubectlJson } from '../kit/kubectl';
import { BONUS, bonus, podsOf } from './bonus';
import { alwaysReady, noneFailed } from './claims';
import { acted } from './phase';
import type { Observed, Scenario } from './scenario';
import { underLoad, type Site } from './under-load';

interface Node {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly effect: string }[];
  };
}

const GIVE_UP_AFTER_SECONDS = 240;

/**
 * Asks for a pod's eviction until a budget allows it, as `kubectl drain` does.
 *
 * @returns how often it was refused
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
async function evict({ namespace }: Site, pod: string): Promise<number> {
  const metadata = { name: pod, namespace: namespace.name };
  const eviction = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata });
  const path = `/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`;
  for (let refused = 0; refused < GIVE_UP_AFTER_SECONDS; refused++) {
    try {
      await kubectl(['create', '--raw', path, '-f', '-'], eviction);
      return refused;
    } catch (error) {
      if (!String(error).includes('disruption budget')) {
        throw error;
      }
      await sleep(1000);
    }
  }
  throw new Error(`the eviction of ${pod} was refused for ${GIVE_UP_AFTER_SECONDS} s`);
}

/** Nodes that take pods. */
async function openNodes(): Promise<string[]> {
  const { items } = await kubectlJson<{ items: readonly Node[] }>(['get', 'nodes']);
  return items
    .filter(
      ({ spec }) => !spec.unschedulable && !spec.taints?.some(({ effect }) => effect !== 'PreferNoSchedule'),
    )
    .map(({ metadata }) => metadata.name);
}

/**
 * Evicts all of the service's pods from a node, all at once, so that the budget alone keeps enough of them.
 * Where there is another node to go to, this one is closed meanwhile.
 */
async function drainNode(site: Site): Promise<number> {
  const pods = await podsOf(site);
  const node = pods[0]?.spec.nodeName ?? '';
  const closed = (await openNodes()).some((name) => name !== node);
  if (closed) {
    await kubectl(['cordon', node]);
  }
  try {
    const own = pods.filter(({ spec }) => spec.nodeName === node);
    const refused = await Promise.all(own.map(({ metadata }) => evict(site, metadata.name)));
    return refused.reduce((sum, one) => sum + one, 0);
  } finally {
    if (closed) {
      await kubectl(['uncordon', node]);
    }
  }
}

export const drain: Scenario = {
  id: 'drain',
  title: 'Draining a node',
  how: `\`dist/${BONUS}-service.yaml\`, the eviction of every pod on one node asked for at once and, where its PodDisruptionBudget refused, once a second anew. The node is cordoned meanwhile where there is another one to go to.`,
  observe: async ({ ratePerSecond }): Promise<Observed> => {
    let refused = 0;
    const observed = await underLoad(bonus('drain', ratePerSecond), async (site) => [
      await acted(site, 'drain', async () => {
        refused = await drainNode(site);
      }),
    ]);
    return { ...observed, facts: { refused } };
  },
  claims: (observed) => {
    const { refused = 0 } = observed.facts ?? {};
    return [
      noneFailed(observed),
      alwaysReady(observed.phases, 2),
      {
        claim: 'the budget holds evictions back',
        holds: refused > 0,
        because: `refused ${refused} times`,
      },
    ];
  },
};
