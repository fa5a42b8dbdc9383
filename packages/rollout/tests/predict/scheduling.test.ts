import { predictOnce, type Capacity, type Manifest, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, messagesOf, podsByNode, predictInput } from '../inputs.ts';
import { controller } from '../manifests.ts';

const image = 'web:v2';
const gpu = 'nvidia.com/gpu';

const predicted = (manifest: Manifest, capacity?: Capacity): Timeline =>
  predictOnce(manifest, { image, ...(capacity && { capacity }) });

describe('host ports', () => {
  test('keep the surge pod Pending for ever on the only node', () => {
    const timeline = predictInput('host-port', { capacity: { nodes: 1 } });
    expect(endStates(timeline, 'old')).toEqual(['ready']);
    expect(endStates(timeline, 'new')).toEqual(['pending Unschedulable']);
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
    ]);
  });

  test('of pods that go to one node by its name conflict on it', () => {
    const container = { ports: [{ containerPort: 80, hostPort: 80 }] };
    const pinned = { nodeSelector: { 'kubernetes.io/hostname': 'a' } };
    expect(predicted(controller({ container, pod: pinned })).end.reason).toBe('stalled');
    expect(predicted(controller({ container })).end.reason).toBe('settled');
  });

  test('of hostNetwork are the ports of the containers', () => {
    const container = { ports: [{ containerPort: 8080 }] };
    const manifest = controller({ replicas: 2, container, pod: { hostNetwork: true } });
    expect(predicted(manifest, { nodes: 2 }).end.reason).toBe('stalled');
    expect(predicted(manifest, { nodes: 3 }).end.reason).toBe('settled');
    expect(leftOut(predicted(manifest))).toContain('host port 8080');
  });

  test('on different addresses do not conflict', () => {
    const ports = [{ containerPort: 80, hostPort: 80, hostIP: '10.0.0.1' }];
    const options = {
      set: ['spec.template.spec.containers[0].ports=[{containerPort: 80, hostPort: 80, hostIP: 10.0.0.2}]'],
      capacity: { nodes: 1 },
    };
    expect(predictOnce(controller({ container: { ports } }), options).end.reason).toBe('settled');
  });
});

test('a pod with scheduling gates is not scheduled', () => {
  const pod = { schedulingGates: [{ name: 'example.org/quota' }] };
  const timeline = predicted(controller({ pod }), { nodes: 2 });
  expect(endStates(timeline, 'old')).toEqual(['ready']);
  expect(endStates(timeline, 'new')).toEqual(['pending SchedulingGated']);
});

describe('extended resources', () => {
  test('keep the new pod Pending for ever when the old one has the only GPU', () => {
    const timeline = predictInput('one-gpu', { capacity: { nodes: 1, [gpu]: 1 } });
    expect(endStates(timeline, 'old')).toEqual(['ready']);
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
    ]);
  });

  test('are named when the capacity does not say how many there are', () => {
    expect(leftOut(predictInput('one-gpu', { capacity: { nodes: 1 } }))).toContain(
      'requests (nvidia.com/gpu)',
    );
  });
});

describe('equal nodes', () => {
  test.each([
    ['with', { pods: 110 }],
    ['without', {}],
  ])('get the pods of a revision in equal numbers %s a limit of pods', (_title, limit) => {
    const timeline = predictInput('nodes-not-spread', { capacity: { nodes: 2, cpu: 2, ...limit } });
    expect(timeline.end.reason).toBe('settled');
    expect(podsByNode(timeline)).toEqual([1, 1]);
  });

  test('end the same with and without a limit of pods that is far away', () => {
    const capacity = { nodes: 2, cpu: 2 };
    const lanes = ({ pods }: Timeline): unknown => pods.map(({ node, states }) => [node, states]);
    expect(lanes(predictInput('nodes-not-spread', { capacity }))).toEqual(
      lanes(predictInput('nodes-not-spread', { capacity: { ...capacity, pods: 110 } })),
    );
  });

  test('get pods although nothing limits them', () => {
    expect(podsByNode(predicted(controller({ replicas: 6 }), { nodes: 3 }))).toEqual([2, 2, 2]);
  });
});
