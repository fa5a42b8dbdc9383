import { predictOnce, type Manifest, type PredictOptions, type Timeline } from '../../src/index.ts';
import { leftOut } from '../inputs.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { holds } from '../timelines.ts';

const image = 'web:v2';

const daemonSet = (updateStrategy: object = {}, container: object = {}, fields: object = {}): Manifest =>
  controller({ kind: 'DaemonSet', updateStrategy, container: { readinessProbe, ...container }, ...fields });

const predicted = (updateStrategy: object, options: PredictOptions = {}): Timeline =>
  predictOnce(daemonSet(updateStrategy), { image, capacity: { nodes: 4 }, ...options });
const rolling = (fields: object): object => ({ rollingUpdate: fields });

const ready = ({ old, new: now }: Timeline['samples'][number]): number => old.ready + now.ready;
const fewestReady = ({ samples }: Timeline): number => Math.min(...samples.map(ready));
const mostLive = ({ samples }: Timeline): number =>
  Math.max(...samples.map(({ old, new: now }) => old.total + now.total));
const nodes = ({ pods }: Timeline): (string | undefined)[] =>
  pods.flatMap(({ node, states }) => (states.at(-1)?.state === 'ready' ? [node] : [])).sort();

describe('a new image of a DaemonSet', () => {
  test('replaces one pod at a time, each on its node', () => {
    const timeline = predicted({});
    expect(timeline.end.reason).toBe('settled');
    expect(fewestReady(timeline)).toBe(3);
    expect(nodes(timeline)).toEqual(['node-0', 'node-1', 'node-2', 'node-3']);
    expect(timeline.workload).toMatchObject({
      kind: 'DaemonSet',
      replicas: { before: 4, after: 4 },
      maxSurge: 0,
      maxUnavailable: 1,
    });
  });

  test('replaces maxUnavailable pods at a time, rounded up', () => {
    const timeline = predicted(rolling({ maxUnavailable: '30%' }));
    expect(fewestReady(timeline)).toBe(2);
    expect(holds(timeline, 'within-budget')).toBe(true);
  });

  test('with maxSurge creates the new pod of a node beside the old one', () => {
    const timeline = predicted(rolling({ maxSurge: 1, maxUnavailable: 0 }));
    expect(timeline.end.reason).toBe('settled');
    expect([fewestReady(timeline), mostLive(timeline)]).toEqual([4, 5]);
    expect(nodes(timeline)).toEqual(['node-0', 'node-1', 'node-2', 'node-3']);
  });

  test('with maxSurge 100 % is blue-green with minReadySeconds', () => {
    const manifest = daemonSet(rolling({ maxSurge: '100%', maxUnavailable: 0 }), {}, { minReadySeconds: 5 });
    const timeline = predictOnce(manifest, { image, capacity: { nodes: 4 } });
    expect(holds(timeline, 'blue-green')).toBe(true);
  });

  test('with maxSurge stays Pending on nodes with the same host port', () => {
    const manifest = daemonSet(rolling({ maxSurge: 1, maxUnavailable: 0 }), {
      ports: [{ containerPort: 80, hostPort: 80 }],
    });
    const timeline = predictOnce(manifest, { image, capacity: { nodes: 2 } });
    expect(timeline.end.reason).toBe('stalled');
    expect(fewestReady(timeline)).toBe(2);
  });

  test('stops when new pods are not ready', () => {
    const timeline = predicted({}, { behaviour: { startDelay: { new: 9999 } }, limit: 100 });
    expect(timeline.end.reason).toBe('limit');
    expect(fewestReady(timeline)).toBe(3);
  });

  test('replaces none with OnDelete', () => {
    const timeline = predicted({ type: 'OnDelete' });
    expect(holds(timeline, 'kept')).toBe(true);
    expect(leftOut(timeline)).toContain('OnDelete');
  });
});

test('the number of nodes is assumed, and said to be', () => {
  const timeline = predictOnce(daemonSet(), { image });
  expect(timeline.workload.replicas).toEqual({ before: 3, after: 3 });
  expect(leftOut(timeline)).toContain('3 nodes are assumed, --capacity nodes=N says how many');
  expect(leftOut(predicted({}))).not.toContain('nodes are assumed');
});

test('a DaemonSet has no replicas', () => {
  expect(() => predicted({}, { replicas: 5 })).toThrow('a DaemonSet has one pod on each node');
});

test.each<[string, object, string]>([
  ['both limits', { maxSurge: 1, maxUnavailable: 1 }, 'may not be set when maxUnavailable is non-zero'],
  ['no limit', { maxUnavailable: 0 }, 'Required value: cannot be 0 when maxSurge is 0'],
])('refuses %s', (_, fields, message) => {
  expect(() => predicted(rolling(fields))).toThrow(message);
});
