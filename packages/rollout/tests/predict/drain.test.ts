import { predictOnce, type Manifest, type PredictOptions, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, messagesOf } from '../inputs.ts';
import { controller, pod, readinessProbe } from '../manifests.ts';
import { holds } from '../timelines.ts';

const nodes = (count: number, drainNode = '1'): PredictOptions => ({ drainNode, capacity: { nodes: count } });

const web = (fields: Parameters<typeof controller>[0] = {}): Manifest =>
  controller({ replicas: 6, container: { readinessProbe }, ...fields });

const budget = (spec: object, name = 'web'): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});
const predicted = (options: PredictOptions, manifest: Manifest, ...others: object[]): Timeline =>
  predictOnce([manifest, ...others].map((each) => JSON.stringify(each)).join('\n---\n'), options);

const fewestReady = ({ samples }: Timeline): number =>
  Math.min(...samples.map(({ old, new: now }) => old.ready + now.ready));
const nodesAtEnd = ({ pods }: Timeline): (string | undefined)[] =>
  [...new Set(pods.flatMap(({ node, states }) => (states.at(-1)?.state === 'ready' ? [node] : [])))].sort();
const restTime = ({ samples }: Timeline): number => samples.at(-1)?.at ?? 0;

describe('drain', () => {
  test('evicts all pods of the node at once without a budget, and moves them', () => {
    const timeline = predicted(nodes(3), web());
    expect(timeline.end.reason).toBe('settled');
    expect(timeline.changes).toEqual([{ at: 0, description: 'drain node-1', drainNode: 'node-1' }]);
    expect(fewestReady(timeline)).toBe(4);
    expect(nodesAtEnd(timeline)).toEqual(['node-0', 'node-2']);
    expect(holds(timeline, 'kept')).toBe(true);
  });

  test('evicts one by one where the budget allows one, trying again every 5 s', () => {
    const timeline = predicted(nodes(3), web(), budget({ maxUnavailable: 1 }));
    expect(timeline.end.reason).toBe('settled');
    expect(fewestReady(timeline)).toBe(5);
    expect(restTime(timeline)).toBeGreaterThan(5);
    expect(restTime(timeline)).toBeLessThan(10);
    expect(messagesOf(timeline, 'EvictionRefused')[0]).toBe(
      "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget web needs 5 healthy pods and has 5 currently",
    );
  });

  test.each<[string, object, number]>([
    ['minAvailable in percent is rounded up', { minAvailable: '75%' }, 5],
    ['maxUnavailable in percent is rounded up', { maxUnavailable: '20%' }, 4],
    ['minAvailable as a number', { minAvailable: 5 }, 5],
  ])('%s', (_, spec, fewest) => {
    expect(fewestReady(predicted(nodes(2), web(), budget(spec)))).toBe(fewest);
  });

  test('waits for ever when the budget allows none, and says so', () => {
    const timeline = predicted({ ...nodes(3), limit: 60 }, web(), budget({ minAvailable: 6 }));
    expect(timeline.end).toMatchObject({ reason: 'stalled', at: 60 });
    expect(timeline.end.message).toContain('needs 6 healthy pods and has 6 currently');
    expect(fewestReady(timeline)).toBe(6);
  });

  test('a budget of other pods does not count, nor does one without a selector', () => {
    const other = budget({ minAvailable: 6, selector: { matchLabels: { app: 'other' } } });
    const none = budget({ minAvailable: 6, selector: undefined });
    expect(predicted(nodes(3), web(), other, none).end.reason).toBe('settled');
  });

  test('two budgets of one pod end the eviction with an error', () => {
    const timeline = predicted(
      nodes(3),
      web(),
      budget({ maxUnavailable: 1 }),
      budget({ maxUnavailable: 1 }, 'b'),
    );
    expect(messagesOf(timeline, 'EvictionRefused')[0]).toContain('more than one PodDisruptionBudget');
    expect(fewestReady(timeline)).toBe(6);
  });

  test('pods that are not ready are evicted while enough others are', () => {
    const behaviour = { startDelay: { old: 9999 } };
    const never = predicted({ ...nodes(1, '0'), behaviour, limit: 30 }, web(), budget({ minAvailable: 1 }));
    expect(endStates(never, 'old').filter((state) => state.startsWith('starting'))).toHaveLength(6);
    const always = budget({ minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    const evicted = predicted({ ...nodes(1, '0'), behaviour, limit: 30 }, web(), always);
    expect(endStates(evicted, 'old')).toEqual(Array(6).fill('pending Unschedulable'));
  });

  test('a pod without room elsewhere stays Pending', () => {
    const timeline = predicted({ drainNode: 'node-0', capacity: { nodes: 2, pods: 3 } }, web());
    expect(timeline.end.reason).toBe('stalled');
    expect(messagesOf(timeline, 'FailedScheduling')[0]).toBe(
      '0/2 nodes are available: 1 Too many pods, 1 node(s) were unschedulable.',
    );
  });

  test('a StatefulSet creates the pod again when it is gone', () => {
    const manifest = web({ kind: 'StatefulSet', replicas: 3 });
    const timeline = predicted(nodes(3), manifest);
    expect(timeline.end.reason).toBe('settled');
    expect(nodesAtEnd(timeline)).toEqual(['node-0', 'node-2']);
    expect(timeline.pods).toHaveLength(4);
  });

  test('with OnDelete it brings the new template', () => {
    const manifest = web({ kind: 'StatefulSet', replicas: 3, updateStrategy: { type: 'OnDelete' } });
    const timeline = predicted(
      { image: 'web:v2', then: [{ at: 20, drainNode: 'node-1' }], capacity: { nodes: 3 } },
      manifest,
    );
    expect(timeline.samples.at(-1)).toMatchObject({ old: { total: 2 }, new: { total: 1 } });
  });

  test('assumes 3 nodes, and says so', () => {
    const timeline = predicted({ drainNode: '2' }, web());
    expect(nodesAtEnd(timeline)).toEqual(['node-0', 'node-1']);
    expect(leftOut(timeline)).toContain('the pods are assumed to run on 3 nodes');
    expect(leftOut(predicted(nodes(3), web()))).not.toContain('assumed to run on');
  });

  test('names emptyDir volumes', () => {
    const manifest = web({ pod: { volumes: [{ name: 'tmp', emptyDir: {} }] } });
    expect(leftOut(predicted(nodes(3), manifest))).toContain('--delete-emptydir-data');
  });
});

test.each<[string, Manifest, PredictOptions, string]>([
  ['of a node beyond them', web(), nodes(2, '2'), 'the nodes are node-0 to node-1'],
  ['of another name', web(), nodes(2, 'worker'), 'expected a number, or a name such as node-0'],
  ['of a bare Pod', pod(), nodes(2), 'does not evict a Pod without a controller'],
  [
    'of a DaemonSet',
    controller({ kind: 'DaemonSet' }),
    nodes(2),
    'leaves the pods of a DaemonSet on the node',
  ],
])('refuses to drain %s', (_, manifest, options, message) => {
  expect(() => predictOnce(manifest, options)).toThrow(message);
});
