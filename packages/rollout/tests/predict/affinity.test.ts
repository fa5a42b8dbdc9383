import { predictOnce, type Capacity, type Manifest, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, messagesOf, podsByNode, predictInput } from '../inputs.ts';
import { controller } from '../manifests.ts';

const image = 'web:v2';
const selector = { matchLabels: { app: 'web' } };
const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';

const antiAffinity = (topologyKey: string, labelSelector: object = selector): object => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector }],
    },
  },
});
const spread = (fields: object = {}): object => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: hostname,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: selector,
      ...fields,
    },
  ],
});

const predicted = (manifest: Manifest, capacity?: Capacity): Timeline =>
  predictOnce(manifest, { image, ...(capacity && { capacity }) });

describe('required pod anti-affinity', () => {
  test('keeps the surge pod Pending when each node has a pod', () => {
    const timeline = predictInput('anti-affinity', { capacity: { nodes: 3 } });
    expect(timeline.end.reason).toBe('stalled');
    expect(endStates(timeline, 'old')).toEqual(['ready', 'ready', 'ready']);
    expect(endStates(timeline, 'new')).toEqual(['pending Unschedulable']);
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
    ]);
  });

  test('settles with a node more than replicas', () => {
    expect(predictInput('anti-affinity', { capacity: { nodes: 4 } }).end.reason).toBe('settled');
  });

  test('says how many nodes it needs when their number is not known', () => {
    const timeline = predictInput('anti-affinity');
    expect(timeline.end.reason).toBe('settled');
    expect(leftOut(timeline)).toContain('each of up to 4 pods needs a node of its own');
  });

  test('settles with maxSurge 0, which takes an old pod away first', () => {
    const fields = { replicas: 3, maxSurge: 0, maxUnavailable: 1, pod: antiAffinity(hostname) };
    expect(predicted(controller(fields), { nodes: 3 }).end.reason).toBe('settled');
  });

  test('of another zone is applied when the zones are known', () => {
    const manifest = controller({ replicas: 2, pod: antiAffinity(zone) });
    expect(predicted(manifest, { nodes: 6, zones: 2 }).end.reason).toBe('stalled');
    expect(predicted(manifest, { nodes: 6, zones: 3 }).end.reason).toBe('settled');
    expect(leftOut(predicted(manifest, { nodes: 6 }))).toContain(`${zone} is not known`);
  });

  test('of old pods keeps new pods away that have none', () => {
    const options = { set: ['spec.template.spec.affinity={}'], capacity: { nodes: 2 } };
    const timeline = predictOnce(controller({ replicas: 2, pod: antiAffinity(hostname) }), options);
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.",
    ]);
  });

  test('of one revision only does not keep its new pods from the old ones', () => {
    const term = { topologyKey: hostname, labelSelector: selector, matchLabelKeys: ['pod-template-hash'] };
    const affinity = {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    };
    expect(predicted(controller({ replicas: 2, pod: { affinity } }), { nodes: 2 }).end.reason).toBe(
      'settled',
    );
  });

  test('counts the namespace of the workload, and leaves others out', () => {
    const term = { topologyKey: hostname, labelSelector: selector, namespaces: ['prod'] };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const inNamespace = (namespace: string): string => {
      const manifest = { ...controller({ pod: { affinity } }), metadata: { name: 'web', namespace } };
      return predicted(manifest, { nodes: 1 }).end.reason;
    };
    expect(inNamespace('prod')).toBe('stalled');
    expect(inNamespace('test')).toBe('settled');
  });

  test('against other pods is named', () => {
    const pod = antiAffinity(hostname, { matchLabels: { app: 'other' } });
    expect(leftOut(predicted(controller({ pod })))).toContain('podAntiAffinity: where other pods run');
  });
});

test('required pod affinity puts all pods on the node of the first', () => {
  const term = { topologyKey: hostname, labelSelector: selector };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  const timeline = predicted(controller({ replicas: 4, pod: { affinity } }), { nodes: 3 });
  expect(podsByNode(timeline)).toEqual([4]);
});

describe('topology spread', () => {
  test('spreads the pods over the nodes', () => {
    const timeline = predictInput('topology-spread', { capacity: { nodes: 3 } });
    const before = timeline.pods.filter(({ version }) => version === 'old').map(({ node }) => node);
    const counts = ['node-0', 'node-1', 'node-2'].map(
      (name) => before.filter((node) => node === name).length,
    );
    expect(counts.sort()).toEqual([1, 2, 2]);
    expect(timeline.end.reason).toBe('settled');
  });

  test('keeps pods Pending when there are fewer nodes than minDomains', () => {
    const fields = { replicas: 2, maxSurge: 1, maxUnavailable: 0, pod: spread({ minDomains: 3 }) };
    const timeline = predicted(controller(fields), { nodes: 2 });
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints.",
    ]);
  });

  test('keeps the surge pod Pending when the emptiest node has no room', () => {
    const container = { resources: { requests: { cpu: 1 } } };
    const fields = { replicas: 4, maxSurge: 1, maxUnavailable: 0, container, pod: spread() };
    const timeline = predicted(controller(fields), { nodes: 2, cpu: 2 });
    expect(messagesOf(timeline, 'FailedScheduling')).toEqual([
      '0/2 nodes are available: 2 Insufficient cpu.',
    ]);
  });

  test('says that it depends on the number of nodes', () => {
    expect(leftOut(predictInput('topology-spread'))).toContain(
      'topologySpreadConstraints: with DoNotSchedule',
    );
  });

  test('over zones is named when the zones are not known', () => {
    const timeline = predicted(controller({ pod: spread({ topologyKey: zone }) }), { nodes: 2 });
    expect(leftOut(timeline)).toContain(`${zone} is not known`);
  });
});
