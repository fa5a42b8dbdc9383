import { predictOnce, type Manifest, type PredictOptions, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, messagesOf } from '../inputs.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { holds } from '../timelines.ts';

const image = 'web:v2';

type Fields = Partial<Parameters<typeof controller>[0]>;

const statefulSet = ({ container, ...fields }: Fields = {}): Manifest =>
  controller({ kind: 'StatefulSet', replicas: 3, container: { readinessProbe, ...container }, ...fields });

const predicted = (fields: Fields, options: PredictOptions = { image }): Timeline =>
  predictOnce(statefulSet(fields), options);

/** Returns the names of pods in the order in which they are marked for deletion. */
const deleted = ({ pods }: Timeline): string[] =>
  pods
    .flatMap(({ pod, states }) => {
      const marked = states.find(({ state }) => state === 'terminating');
      return marked ? [{ pod, at: marked.at }] : [];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ pod }) => pod);

const most = ({ samples }: Timeline, count: (sample: Timeline['samples'][number]) => number): number =>
  Math.max(...samples.map(count));
const terminating = (timeline: Timeline): number =>
  most(timeline, ({ old, new: now }) => old.terminating + now.terminating);
const versions = ({ pods }: Timeline): string[] =>
  pods
    .flatMap(({ pod, version, states }) => (states.at(-1)?.state === 'gone' ? [] : [`${pod} ${version}`]))
    .sort();

describe('a new image of a StatefulSet', () => {
  test('replaces pods one at a time from the highest ordinal down, under their names', () => {
    const timeline = predicted({}, { image, behaviour: { startDelay: { new: 5 } } });
    expect(timeline.end.reason).toBe('settled');
    expect(deleted(timeline)).toEqual(['web-2', 'web-1', 'web-0']);
    expect(versions(timeline)).toEqual(['web-0 new', 'web-1 new', 'web-2 new']);
    expect(timeline.samples.at(-1)?.at).toBeGreaterThan(15);
    expect(holds(timeline, 'within-budget')).toBe(true);
    expect(timeline.workload).toMatchObject({
      kind: 'StatefulSet',
      strategy: 'RollingUpdate',
      maxUnavailable: 1,
    });
  });

  test('in parallel takes as long: one pod at a time, too', () => {
    expect(terminating(predicted({ podManagementPolicy: 'Parallel' }))).toBe(1);
  });

  test('waits for minReadySeconds of each pod', () => {
    const timeline = predicted({ minReadySeconds: 10 });
    expect(timeline.end.reason).toBe('settled');
    expect(timeline.samples.at(-1)?.at).toBeGreaterThan(30);
  });

  test('stops below the partition', () => {
    const updateStrategy = { rollingUpdate: { partition: 1 } };
    const timeline = predicted({ updateStrategy });
    expect(timeline.end.reason).toBe('settled');
    expect(versions(timeline)).toEqual(['web-0 old', 'web-1 new', 'web-2 new']);
    expect(timeline.workload.partition).toBe(1);
    expect(holds(timeline, 'mixed-end')).toBe(true);
  });

  test('replaces maxUnavailable pods at a time, and says which Kubernetes does', () => {
    const updateStrategy = { rollingUpdate: { maxUnavailable: 2 } };
    const timeline = predicted({ replicas: 4, updateStrategy });
    expect(terminating(timeline)).toBe(2);
    expect(timeline.end.reason).toBe('settled');
    expect(leftOut(timeline)).toContain(
      'feature gate MaxUnavailableStatefulSet (on by default from 1.37 on)',
    );
  });

  test('replaces none with OnDelete, and says so', () => {
    const timeline = predicted({ updateStrategy: { type: 'OnDelete' } });
    expect(timeline.end.reason).toBe('settled');
    expect(versions(timeline)).toEqual(['web-0 old', 'web-1 old', 'web-2 old']);
    expect(leftOut(timeline)).toContain('OnDelete: a pod gets the new template when someone deletes it');
  });

  test('that crashes stops at the highest ordinal, and a rollback does not mend it', () => {
    const then = [{ at: 100, image: 'web:v1' }];
    const behaviour = { startDelay: { new: 5 }, crashAfter: { new: 1 } };
    const timeline = predicted({}, { image, then, behaviour, limit: 400 });
    expect(timeline.end.reason).toBe('limit');
    expect(endStates(timeline, 'old')).toEqual(['ready', 'ready']);
    expect(endStates(timeline, 'new')).toEqual(['crashed CrashLoopBackOff']);
  });

  test('that crashes in parallel is mended by a rollback', () => {
    const then = [{ at: 100, image: 'web:v1' }];
    const behaviour = { startDelay: { new: 5 }, crashAfter: { new: 1 } };
    const timeline = predicted({ podManagementPolicy: 'Parallel' }, { image, then, behaviour });
    expect(timeline.end.reason).toBe('settled');
    expect(versions(timeline)).toEqual(['web-0 old', 'web-1 old', 'web-2 old']);
  });
});

describe('replicas of a StatefulSet', () => {
  const created = ({ pods }: Timeline): number[] =>
    pods.slice(1).map(({ states }) => states.find(({ state }) => state === 'ready')?.at ?? 0);

  test('are created one after another in order', () => {
    const options = { replicas: 4, behaviour: { startDelay: { new: 5 } } };
    const [first = 0, second = 0, third = 0] = created(predicted({ replicas: 1 }, options));
    expect(second - first).toBeGreaterThan(5);
    expect(third - second).toBeGreaterThan(5);
  });

  test('are created together in parallel', () => {
    const options = { replicas: 4, behaviour: { startDelay: { new: 5 } } };
    const [first = 0, , third = 0] = created(
      predicted({ replicas: 1, podManagementPolicy: 'Parallel' }, options),
    );
    expect(third - first).toBeLessThan(2);
  });

  test('are removed one after another from the highest ordinal', () => {
    const timeline = predicted({ replicas: 4 }, { replicas: 1 });
    expect(deleted(timeline)).toEqual(['web-3', 'web-2', 'web-1']);
    expect(terminating(timeline)).toBe(1);
  });

  test('begin at ordinals.start', () => {
    expect(versions(predicted({ replicas: 2, ordinals: { start: 5 } }))).toEqual(['web-5 new', 'web-6 new']);
  });
});

test('a claim template is a volume that containers can mount, and is named', () => {
  const volumeClaimTemplates = [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ];
  const container = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  expect(leftOut(predicted({ volumeClaimTemplates, container }))).toContain('spec.volumeClaimTemplates');
});

test('a quota refuses a pod, which is tried again', () => {
  const quota = 'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q }\nspec: { hard: { pods: "3" } }\n';
  const yaml = `${JSON.stringify(statefulSet())}\n---\n${quota}`;
  const timeline = predictOnce(yaml, { replicas: 4, limit: 60 });
  expect(messagesOf(timeline, 'FailedCreate')[0]).toContain('exceeded quota: q');
});

test.each<[string, Fields, string]>([
  [
    'a partition below 0',
    { updateStrategy: { rollingUpdate: { partition: -1 } } },
    'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    'maxUnavailable 0',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
    'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0',
  ],
  [
    'rollingUpdate with OnDelete',
    { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
    "only allowed for updateStrategy 'RollingUpdate'",
  ],
  ['an unknown strategy', { updateStrategy: { type: 'Recreate' } }, "must be 'RollingUpdate' or 'OnDelete'"],
])('refuses %s', (_, fields, message) => {
  expect(() => predicted(fields)).toThrow(message);
});
