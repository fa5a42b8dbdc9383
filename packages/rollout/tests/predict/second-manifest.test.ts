import { predictAll, predictOnce, type Manifest } from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { holds } from '../timelines.ts';

const yaml = (...manifests: readonly object[]): string =>
  manifests.map((each) => JSON.stringify(each)).join('\n---\n');
const named = (name: string, fields: Parameters<typeof controller>[0] = {}): Manifest => ({
  ...controller({ replicas: 2, ...fields, container: { readinessProbe, ...fields.container } }),
  metadata: { name },
});
const v2 = { image: 'web:v2' };
const budget = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { minReplicas: 4, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
};
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'seed' }, spec: {} };
const configured = { container: { envFrom: [{ configMapRef: { name: 'c' } }] } };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: {} };

describe('predict with a second manifest', () => {
  test('makes the change that differs', () => {
    const timeline = predictOnce(yaml(named('web')), { to: yaml(named('web', { container: v2 })) });
    expect(timeline.changes[0]?.description).toBe('image web:v2');
    expect(timeline.pods.at(-1)).toMatchObject({ image: 'web:v2', version: 'new' });
    expect(holds(timeline, 'replaced')).toBe(true);
  });

  test('takes flags of behaviour, and later changes', () => {
    const options = { behaviour: { startDelay: { new: 9 } }, then: [{ at: 60, replicas: 1 }] };
    const timeline = predictOnce(named('web'), { to: named('web', { container: v2 }), ...options });
    expect(timeline.samples.find(({ new: now }) => now.ready > 0)?.at).toBeGreaterThan(9);
    expect(timeline.workload.replicas).toEqual({ before: 2, after: 1 });
  });

  test('takes the other documents of the second manifest', () => {
    const timeline = predictOnce(yaml(named('web')), { to: yaml(named('web'), budget) });
    expect(timeline.samples.at(-1)?.old.total).toBe(4);
  });

  test('finds the chosen workload in both', () => {
    const before = yaml(named('a'), named('b'));
    const after = yaml(named('b', { container: v2 }), named('a'));
    expect(predictOnce(before, { to: after, name: 'b' }).changes[0]?.description).toBe('image web:v2');
    expect(predictOnce(before, { to: after, name: 'a' }).changes[0]?.description).toBe('nothing');
  });

  test('needs the same workload in both', () => {
    expect(() => predictOnce(named('web'), { to: yaml(named('shop')), toOrigin: 'new.yaml' })).toThrow(
      'new.yaml has no Deployment/web, only Deployment/shop',
    );
  });

  test('refuses what the API server refuses', () => {
    const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } };
    expect(() => predictOnce(named('web'), { to: named('web', { strategy }) })).toThrow(
      'may not be 0 when `maxSurge` is 0',
    );
  });
});

describe('a ConfigMap that changes', () => {
  const changed = { ...configMap, data: { START_DELAY_SECONDS: '9' } };
  const [before, after] = [
    named('web', configured),
    named('web', { container: { ...configured.container, ...v2 } }),
  ];

  test('restarts no pod, which is named', () => {
    const timeline = predictOnce(yaml(before, configMap), { to: yaml(before, changed) });
    expect(holds(timeline, 'kept')).toBe(true);
    expect(timeline.prediction?.notModelled?.join()).toContain(
      'ConfigMap/c: changes, but no pod restarts for it',
    );
  });

  test('is read by the pods of a new template', () => {
    const timeline = predictOnce(yaml(before, configMap), { to: yaml(after, changed) });
    expect(timeline.samples.find(({ new: now }) => now.ready > 0)?.at).toBeGreaterThan(9);
    expect(timeline.prediction?.notModelled?.join()).not.toContain('ConfigMap/c: changes');
  });

  test('alone is no change of a workload', () => {
    const { timelines, notPredicted } = predictAll(yaml(before, named('api'), configMap), {
      to: yaml(before, named('api'), changed),
    });
    expect(timelines).toEqual([]);
    expect(notPredicted).toEqual(['Deployment/web (only ConfigMap/c changes: no pod restarts for it)']);
  });
});

describe('predictAll', () => {
  const options = { draws: 2 };
  const set = {
    ...named('db'),
    kind: 'StatefulSet',
    spec: controller({ kind: 'StatefulSet', replicas: 2 })['spec'],
  };

  test('predicts each workload, and names what is not predicted', () => {
    const { timelines, notPredicted } = predictAll(yaml(named('web'), configMap, set, job), {
      ...options,
      ...v2,
    });
    expect(timelines.map(({ workload: { kind, name } }) => `${kind}/${name}`)).toEqual([
      'Deployment/web',
      'StatefulSet/db',
    ]);
    expect(timelines.every(({ prediction }) => prediction?.draws?.count === 2)).toBe(true);
    expect(notPredicted).toEqual(['Job/seed of batch/v1 (not predicted)']);
  });

  test('with a second manifest predicts those that differ', () => {
    const before = yaml(named('a'), named('b'), named('old'));
    const after = yaml(named('a'), named('b', { container: v2 }), named('new'));
    const { timelines, notPredicted } = predictAll(before, { ...options, to: after });
    expect(timelines.map(({ workload }) => workload.name)).toEqual(['b']);
    expect(notPredicted).toEqual([
      'Deployment/old (is removed or pruned; kubectl apply keeps it)',
      'Deployment/new (is created, there are no old pods)',
    ]);
  });

  test('leaves out the hooks of a chart', () => {
    const hook = { ...named('test'), metadata: { name: 'test', annotations: { 'helm.sh/hook': 'test' } } };
    const { timelines, notPredicted } = predictAll(yaml(named('web'), hook), options);
    expect(timelines).toHaveLength(1);
    expect(notPredicted).toEqual(['Deployment/test (a Helm hook)']);
  });

  test('names a workload that cannot have the change', () => {
    const daemon = { ...controller({ kind: 'DaemonSet' }), metadata: { name: 'log' } };
    const { timelines, notPredicted } = predictAll(yaml(named('web'), daemon), { ...options, replicas: 3 });
    expect(timelines).toHaveLength(1);
    expect(notPredicted[0]).toContain('DaemonSet/log (--replicas 3: a DaemonSet has one pod on each node');
    expect(() => predictAll(yaml(daemon, { ...daemon, metadata: { name: 'x' } }), { replicas: 3 })).toThrow(
      'DaemonSet/log',
    );
  });
});
