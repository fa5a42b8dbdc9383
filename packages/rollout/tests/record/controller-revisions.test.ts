import { lanes, recordingOf, timeline } from './kubernetes-objects.ts';
import { done, podOf, revision, workload, type Fields } from './revisioned-objects.ts';

describe('a recording of a StatefulSet', () => {
  const kind = 'StatefulSet';
  const set = workload(kind);
  const changed = workload(kind, { env: '2', generation: 2 });

  test('tells pods of one name apart by their revision', () => {
    const recording = recordingOf(
      set,
      [0, revision(kind, '1')],
      [0, podOf(kind, '1', { name: 'web-1' })],
      [5, changed],
      [5.1, revision(kind, '2')],
      [6, podOf(kind, '1', { name: 'web-1', deleted: true })],
      [7, podOf(kind, '1', { name: 'web-1' }), 'DELETED'],
      [8, podOf(kind, '2', { name: 'web-1' })],
    );
    expect(lanes(recording)).toEqual([
      ['web-1', 'old', '-5 ready, 1 terminating, 2 gone'],
      ['web-1', 'new', '3 ready'],
    ]);
    expect(timeline(recording).workload).toEqual({
      apiVersion: 'apps/v1',
      kind,
      name: 'web',
      namespace: 'default',
      replicas: { before: 2, after: 2 },
      minReadySeconds: 0,
      strategy: 'RollingUpdate',
      maxSurge: 0,
      maxUnavailable: 1,
    });
  });

  test('ignores pods of another StatefulSet', () => {
    expect(lanes(recordingOf(set, [0, podOf(kind, '1', { owner: 'other' })]))).toEqual([]);
  });

  test.each<[string, Fields, boolean]>([
    ['all pods are updated', { status: done }, true],
    ['a pod is not updated', { status: { ...done, updatedReplicas: 1 } }, false],
    ['a pod is not available', { status: { ...done, availableReplicas: 1 } }, false],
    ['the controller has not seen the change', { status: { ...done, observedGeneration: 1 } }, false],
    [
      'those from the partition on are',
      { status: { ...done, updatedReplicas: 1 }, updateStrategy: { rollingUpdate: { partition: 1 } } },
      true,
    ],
    [
      'with OnDelete none is',
      { status: { ...done, updatedReplicas: 0 }, updateStrategy: { type: 'OnDelete' } },
      true,
    ],
  ])('when %s: settled is %#', (_, fields, settled) => {
    const after = workload(kind, { env: '2', generation: 2, ...fields });
    const recording = recordingOf(
      set,
      [0, podOf(kind, '1', { name: 'web-0' })],
      [0, podOf(kind, '1', { name: 'web-1' })],
      [1, after],
    );
    expect(recording.settled).toBe(settled);
  });
});

describe('a recording of a DaemonSet', () => {
  const kind = 'DaemonSet';
  const status = {
    observedGeneration: 2,
    desiredNumberScheduled: 1,
    updatedNumberScheduled: 1,
    numberAvailable: 1,
  };
  const set = workload(kind, { status: { ...status, observedGeneration: 1 } });

  test('finds the revision of a pod by its hash, and counts nodes', () => {
    const recording = recordingOf(
      set,
      [0, revision(kind, '1')],
      [0, podOf(kind, '1', { name: 'a' })],
      [5, workload(kind, { env: '2', generation: 2, status })],
      [5.1, revision(kind, '2')],
      [6, podOf(kind, '1', { name: 'a' }), 'DELETED'],
      [8, podOf(kind, '2', { name: 'b' })],
    );
    expect(lanes(recording).map((lane) => (lane as string[]).slice(0, 2))).toEqual([
      ['a', 'old'],
      ['b', 'new'],
    ]);
    expect(timeline(recording).workload).toMatchObject({
      replicas: { before: 1, after: 1 },
      maxUnavailable: 1,
    });
    expect(recording.settled).toBe(true);
  });
});
