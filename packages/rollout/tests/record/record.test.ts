import { Cluster } from '../../src/record/cluster.ts';
import { record, type RecordOptions } from '../../src/record/record.ts';
import { Session } from '../../src/record/session.ts';
import type { KubernetesObject } from '../../src/record/api-objects.ts';
import type { Timeline } from '../../src/timeline/timeline.ts';
import { controller, pod } from './kubernetes-objects.ts';
import { workloadServer, type WatchEvent } from './workload-server.ts';

const complete = (observedGeneration: number) => ({
  status: { observedGeneration, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
});
const before = controller({ replicas: 1, ...complete(1) });
const changed = controller({ replicas: 1, env: '2', generation: 2 });
const oldSet = controller({ kind: 'ReplicaSet', name: 'rs-old', owner: 'web' });
const oldPod = { name: 'a', life: 'ready' as const };
const newPod = { name: 'b', owner: 'rs-new', env: '2' };

const lists: Readonly<Record<string, readonly KubernetesObject[]>> = {
  deployments: [before],
  replicasets: [oldSet],
  pods: [pod(oldPod)],
};
const rollout: readonly WatchEvent[] = [
  ['MODIFIED', changed],
  ['ADDED', controller({ kind: 'ReplicaSet', name: 'rs-new', owner: 'web', env: '2' })],
  ['ADDED', pod(newPod)],
  ['MODIFIED', pod({ ...newPod, life: 'ready' })],
  ['MODIFIED', pod({ ...oldPod, deleted: true })],
  ['DELETED', pod(oldPod)],
  ['MODIFIED', controller({ replicas: 1, env: '2', generation: 2, ...complete(2) })],
];
const condition = {
  type: 'Progressing',
  status: 'False',
  reason: 'ProgressDeadlineExceeded',
  message: 'too slow',
};
const stall: readonly WatchEvent[] = [
  ['MODIFIED', changed],
  ['MODIFIED', controller({ replicas: 1, env: '2', generation: 2, status: { conditions: [condition] } })],
];

/** What the watches send after the change. */
let events: readonly WatchEvent[] = [];
const { kubeconfig } = workloadServer({ before, after: changed, lists, events: () => events });

async function recorded(
  sent: readonly WatchEvent[],
  options: Omit<RecordOptions, 'workload' | 'changes'> = {},
): Promise<Timeline> {
  events = sent;
  const session = await Session.open(await Cluster.connect({ kubeconfig: kubeconfig() }));
  try {
    return await record(session, {
      workload: { kind: 'Deployment', name: 'web' },
      changes: [{ set: ['spec.template.spec.containers[0].env[0].value="2"'] }],
      leadSeconds: 0,
      quietSeconds: 0.1,
      ...options,
    });
  } finally {
    session.close();
  }
}

test('record makes the change and ends when the workload has settled', async () => {
  const { changes, pods, end, cluster, workload } = await recorded(rollout);
  expect(end).toEqual({ at: expect.any(Number) as number, reason: 'settled' });
  expect(changes).toMatchObject([{ at: 0, set: [{ value: '2' }] }]);
  expect(pods.map(({ pod: name, version, states }) => [name, version, states.at(-1)?.state])).toEqual([
    ['a', 'old', 'gone'],
    ['b', 'new', 'ready'],
  ]);
  expect(cluster).toMatchObject({ context: 'here', serverVersion: 'v1.27.4' });
  expect(workload).toMatchObject({ kind: 'Deployment', replicas: { before: 1, after: 1 } });
});

test('record ends with the reason when the rollout has stalled', async () => {
  expect((await recorded(stall)).end).toMatchObject({ reason: 'stalled', message: 'too slow' });
});

test('record ends at its limit', async () => {
  expect((await recorded([], { limitSeconds: 0.2 })).end.reason).toBe('limit');
});

test('record ends with a complete timeline when it is interrupted', async () => {
  const { end, changes } = await recorded([], { signal: AbortSignal.timeout(200) });
  expect(end.reason).toBe('interrupted');
  expect(changes).toHaveLength(1);
});

test('record continues for atLeastSeconds after the change', async () => {
  expect((await recorded(rollout, { atLeastSeconds: 0.4 })).end.at).toBeGreaterThanOrEqual(0.4);
});
