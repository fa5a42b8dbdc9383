import { predictOnce, type Timeline } from '../../src/index.ts';
import { controller } from '../manifests.ts';
import { podTemplate } from '../../src/manifest/template.ts';
import type { PodTemplate } from '../../src/manifest/workload-spec.ts';
import { createPodObject, type PodObject, type ReplicaSetObject } from '../../src/simulation/model.ts';
import { scoreNodes } from '../../src/simulation/node-scores.ts';
import { Node, type Capacity } from '../../src/simulation/node.ts';

const template = (requests: object): PodTemplate =>
  podTemplate({
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'web:v1', resources: { requests: { ...requests } } }] },
  });

const owner = (name: string): ReplicaSetObject => ({
  name,
  template: template({}),
  stored: {
    replicas: 0,
    minReadySeconds: 0,
    desired: 0,
    max: 0,
    generation: 1,
    version: 0,
    status: { replicas: 0, ready: 0, available: 0, observed: 0 },
  },
  cached: undefined,
});
const [old, now] = [owner('old'), owner('new')];

const podOf = (set: ReplicaSetObject, requests: object = {}): PodObject =>
  createPodObject({
    name: 'web',
    uid: 0,
    template: template(requests),
    revision: 0,
    owner: set,
    createdAt: 0,
  });

/** Returns nodes with these pods. */
const nodesOf = (capacity: Capacity, ...pods: (readonly PodObject[])[]): Node[] =>
  pods.map((list, index) => {
    const node = new Node(index, capacity);
    for (const pod of list) node.count(pod, 1);
    return node;
  });

/** The scores of LeastAllocated and BalancedAllocation, with an even spread: 200. */
const allocation = (capacity: Capacity, requests: object): number =>
  (scoreNodes(podOf(now, requests), nodesOf(capacity, []))[0] ?? 0) - 200;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/noderesources/least_allocated_test.go */
describe('nodes by their requests', () => {
  test.each([
    // CPU (4 - 3) / 4 = 25, memory (10 - 5) / 10 = 50: 37. Balance of 0.75 and 0.5: 87.
    [{ cpu: 4, memory: 10_000 }, { cpu: 3, memory: 5000 }, 37 + 87],
    // CPU 50, memory 50: 50. Balance of 0.5 and 0.5: 100.
    [{ cpu: 6, memory: 10_000 }, { cpu: 3, memory: 5000 }, 50 + 100],
    // all of the CPUs and half of the memory: 0 and 50. Balance of 1 and 0.5: 75.
    [{ cpu: 3, memory: 10_000 }, { cpu: 3, memory: 5000 }, 25 + 75],
  ])('a node of %j scores for %j', (capacity, requests, score) => {
    expect(allocation(capacity, requests)).toBe(score);
  });
});

describe('the default spread constraint', () => {
  test('counts the pods of the same ReplicaSet only', () => {
    const nodes = nodesOf({ cpu: 8, memory: 32 * 2 ** 30 }, [podOf(old)], [podOf(now)]);
    const [first = 0, second = 0] = scoreNodes(podOf(now), nodes);
    expect(first).toBeGreaterThan(second);
  });

  test('weighs more than one small pod of another ReplicaSet', () => {
    const nodes = nodesOf({ cpu: 8, memory: 32 * 2 ** 30 }, [podOf(old), podOf(old)], [podOf(now)]);
    const [first = 0, second = 0] = scoreNodes(podOf(now), nodes);
    expect(first).toBeGreaterThan(second);
  });

  test('gives a node without pods 100 and one with a pod 66 of 100, twice', () => {
    // 0 × ln 4 + 2 = 2 and 1 × ln 4 + 2 = 3: (3 + 2 - 2) / 3 and (3 + 2 - 3) / 3
    const capacity = { cpu: 1e9, memory: 1e18 };
    const [first = 0, second = 0] = scoreNodes(podOf(now), nodesOf(capacity, [], [podOf(now)]));
    expect(first - second).toBe(2 * (100 - 66));
  });
});

test('a terminating pod does not count for the spread', () => {
  const pod = podOf(now);
  const nodes = nodesOf({ cpu: 1e9, memory: 1e18 }, [pod], []);
  nodes[0]?.terminate(pod);
  const [first, second] = scoreNodes(podOf(now), nodes);
  expect(first).toBe(second);
});

test('of several best nodes any is chosen', () => {
  const firstNode = ({ pods }: Timeline): string | undefined => pods[0]?.node;
  const nodes = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
    firstNode(predictOnce(controller(), { replicas: 2, seed, capacity: { nodes: 2 } })),
  );
  expect(new Set(nodes).size).toBe(2);
});
