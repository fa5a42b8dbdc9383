import { Cluster } from '../../src/record/cluster.ts';
import { record } from '../../src/record/record.ts';
import { Session } from '../../src/record/session.ts';
import { done, podOf, revision, workload } from './revisioned-objects.ts';
import { workloadServer } from './workload-server.ts';

describe('record of a StatefulSet', () => {
  const kind = 'StatefulSet';
  const before = workload(kind, {
    replicas: 1,
    status: { ...done, observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
  });
  const after = workload(kind, { replicas: 1, env: '2', generation: 2 });
  const events = [
    ['MODIFIED', after],
    ['ADDED', revision(kind, '2')],
    ['MODIFIED', podOf(kind, '1', { deleted: true })],
    ['DELETED', podOf(kind, '1')],
    ['ADDED', podOf(kind, '2')],
    ['MODIFIED', { ...after, status: { ...before.status, observedGeneration: 2 } }],
  ] as const;
  const lists = {
    statefulsets: [before],
    controllerrevisions: [revision(kind, '1')],
    pods: [podOf(kind, '1')],
  };
  const { kubeconfig, watches } = workloadServer({ before, after, lists, events: () => events });

  test('watches its ControllerRevisions, and ends when it has settled', async () => {
    const session = await Session.open(await Cluster.connect({ kubeconfig: kubeconfig() }), { kind });
    try {
      const changes = [{ set: ['spec.template.spec.containers[0].env[0].value="2"'] }];
      const name = { kind, name: 'web' } as const;
      const { end, pods } = await record(session, {
        workload: name,
        changes,
        leadSeconds: 0,
        quietSeconds: 0.1,
      });
      expect(end.reason).toBe('settled');
      expect(pods.map(({ pod: each, version, states }) => [each, version, states.at(-1)?.state])).toEqual([
        ['web-1', 'old', 'gone'],
        ['web-1', 'new', 'ready'],
      ]);
      expect([...watches.keys()].sort()).toEqual(['controllerrevisions', 'events', 'pods', 'statefulsets']);
      await expect(record(session, { workload: name, changes: [{ drainNode: '1' }] })).rejects.toThrow(
        'kubectl drain',
      );
    } finally {
      session.close();
    }
  });
});
