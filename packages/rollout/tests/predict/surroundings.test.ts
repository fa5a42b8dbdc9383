import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, messagesOf, predictInput } from '../inputs.ts';
import { controller } from '../manifests.ts';

const image = 'web:v2';
type Fields = Parameters<typeof controller>[0];

const predicted = (fields: Fields, document: object, options: PredictOptions = {}): Timeline =>
  predictOnce(`${JSON.stringify(controller(fields))}\n---\n${JSON.stringify(document)}`, {
    image,
    ...options,
  });

const quota = (hard: object, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'few' },
  spec: { hard, ...spec },
});
const limitRange = (...limits: object[]): object => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'sizes' },
  spec: { limits },
});
const autoscaler = (spec: object = {}): object => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: {
    minReplicas: 3,
    maxReplicas: 6,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    ...spec,
  },
});
const cpu = (amount: string): object => ({ resources: { requests: { cpu: amount } } });

describe('a ResourceQuota', () => {
  test('without room for the surge pod stops the rollout', () => {
    const timeline = predictInput('quota');
    expect(timeline.end.reason).toBe('stalled');
    expect(endStates(timeline, 'old')).toEqual(['ready']);
    expect(endStates(timeline, 'new')).toEqual([]);
    expect(messagesOf(timeline, 'FailedCreate')[0]).toBe(
      'Error creating: pods "p07-quota-1-" is forbidden: exceeded quota: one-pod, requested: pods=1, used: pods=1, limited: pods=1',
    );
  });

  test('is tried again with the back-off of the ReplicaSet controller, up to 1000 s', () => {
    const { events = [] } = predictInput('quota', { limit: 4000 });
    const tries = events.filter(({ reason }) => reason === 'FailedCreate').map(({ at }) => at);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(waits.slice(-3).map(Math.round)).toEqual([655, 1000, 1000]);
  });

  test('lets new pods follow when old ones are gone first', () => {
    const fields = { replicas: 2, maxSurge: 0, maxUnavailable: 1 };
    const timeline = predicted(fields, quota({ pods: '2' }));
    expect(timeline.end.reason).toBe('settled');
    expect(messagesOf(timeline, 'FailedCreate').length).toBeGreaterThan(0);
  });

  test.each([
    ['requests.cpu', { 'requests.cpu': '2500m' }, 'requested: requests.cpu=1,used: 2'],
    ['cpu', { cpu: 2 }, 'requested: cpu=1'],
    [
      'limits of memory that no container has',
      { 'limits.memory': '1Gi' },
      'must specify limits.memory for: web',
    ],
    ['count/pods', { 'count/pods': 2 }, 'requested: count/pods=1'],
  ])('of %s refuses pods', (_title, hard, message) => {
    const timeline = predicted({ replicas: 2, container: cpu('1') }, quota(hard));
    const [first = ''] = messagesOf(timeline, 'FailedCreate');
    expect(first).toContain(message.split(',')[0]);
  });

  test('that already stops some old pods is there before the change', () => {
    const { samples } = predicted({ replicas: 3 }, quota({ pods: 2 }));
    expect(samples[0]).toMatchObject({ old: { total: 2 } });
  });

  test('of a scope that the pods are not in does not count', () => {
    const timeline = predicted({}, quota({ pods: 1 }, { scopes: ['Terminating'] }));
    expect(timeline.end.reason).toBe('settled');
  });

  test('of another namespace does not count', () => {
    const other = { ...quota({ pods: 1 }), metadata: { name: 'few', namespace: 'other' } };
    const manifest = { ...controller(), metadata: { name: 'web', namespace: 'here' } };
    const { end } = predictOnce(`${JSON.stringify(manifest)}\n---\n${JSON.stringify(other)}`, { image });
    expect(end.reason).toBe('settled');
  });

  test('of a priority class is named', () => {
    const scopeSelector = {
      matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: ['a'] }],
    };
    const timeline = predicted({}, quota({ pods: 1 }, { scopeSelector }));
    expect(leftOut(timeline)).toContain('ResourceQuota/few: its scopes');
  });
});

describe('a LimitRange', () => {
  test('gives requests, which the quota and the nodes count', () => {
    const item = { type: 'Container', default: { cpu: 1 }, defaultRequest: { cpu: '500m' } };
    const timeline = predicted({ replicas: 2 }, limitRange(item), { capacity: { nodes: 1, cpu: 1 } });
    expect(messagesOf(timeline, 'FailedScheduling')[0]).toContain('Insufficient cpu');
  });

  test('refuses pods above its maximum', () => {
    const timeline = predicted(
      { container: cpu('100m') },
      limitRange({ type: 'Container', max: { cpu: 1 } }),
      {
        set: ['spec.template.spec.containers[0].resources={limits: {cpu: 2}}'],
      },
    );
    expect(messagesOf(timeline, 'FailedCreate')[0]).toContain(
      'maximum cpu usage per Container is 1, but limit is 2',
    );
    expect(endStates(timeline, 'old')).toEqual(['ready']);
  });
});

test('a default limit below the request of a container refuses its pods', () => {
  const timeline = predicted(
    { replicas: 2, container: cpu('2') },
    limitRange({ type: 'Container', default: { cpu: 1 } }),
  );
  expect(messagesOf(timeline, 'FailedCreate')[0]).toContain('must be less than or equal to cpu limit of 1');
  expect(endStates(timeline, 'old')).toEqual(['ready', 'ready']);
});

describe('a HorizontalPodAutoscaler', () => {
  test('holds minReplicas, not the replicas of the file', () => {
    const timeline = predictInput('autoscaler');
    expect(timeline.samples[0]).toMatchObject({ old: { ready: 5 } });
    expect(timeline.workload.replicas).toEqual({ before: 5, after: 5 });
    expect(timeline.samples.at(-1)).toMatchObject({ new: { ready: 5 } });
    expect(leftOut(timeline)).toContain('kubectl apply');
  });

  test('sets its replicas again after a change to fewer', () => {
    const timeline = predictInput('autoscaler', { replicas: 1 });
    const live = timeline.samples.map(({ old, new: now }) => old.total + now.total);
    expect(Math.min(...live)).toBeLessThanOrEqual(2);
    expect(timeline.samples.at(-1)).toMatchObject({ new: { ready: 5 } });
    const rescale = timeline.events?.find(({ reason }) => reason === 'SuccessfulRescale');
    expect(rescale?.at).toBeLessThan(15.1);
    expect(rescale?.message).toBe('New size: 5; reason: Current number of replicas below Spec.MinReplicas');
  });

  test('takes more replicas than maxReplicas back', () => {
    const { samples } = predicted({ replicas: 4 }, autoscaler(), { replicas: 9 });
    expect(samples.at(-1)).toMatchObject({ new: { ready: 6 } });
  });

  test('is off at 0 replicas', () => {
    const { samples } = predicted({ replicas: 4 }, autoscaler(), { replicas: 0 });
    expect(samples.at(-1)).toMatchObject({ old: { total: 0 }, new: { total: 0 } });
  });

  test('keeps its replicas through a later change that does not ask for any', () => {
    const then = [{ at: 40, image: 'web:v3' }];
    const { samples } = predicted({ replicas: 3 }, autoscaler(), { replicas: 1, then });
    expect(samples.at(-1)).toMatchObject({ new: { ready: 3 } });
  });

  test('of another workload is ignored', () => {
    const { samples } = predicted({}, autoscaler({ scaleTargetRef: { kind: 'Deployment', name: 'other' } }));
    expect(samples[0]).toMatchObject({ old: { total: 1 } });
  });
});
