import { podState, restartsOf } from '../../src/record/pod-state';
import { pod, type PodParts } from './kubernetes-objects';

describe('podState', () => {
  const table: [string, PodParts, boolean, string][] = [
    ['no container has started', { life: 'pending' }, false, 'pending'],
    ['its containers run and it was never ready', { life: 'running' }, false, 'starting'],
    ['its Ready condition is True', { life: 'ready' }, false, 'ready'],
    ['its containers run and it was ready before', { life: 'running' }, true, 'unready'],
    ['a container has exited', { life: 'ended' }, true, 'crashed'],
    ['a container waits for its restart', { life: 'waiting', restarts: 2 }, true, 'crashed'],
    ['it runs again after a restart', { life: 'running', restarts: 2 }, true, 'unready'],
    ['it is marked for deletion, though ready', { life: 'ready', deleted: true }, true, 'terminating'],
    ['it is marked for deletion, though pending', { life: 'pending', deleted: true }, false, 'terminating'],
  ];
  test.each(table)('%s', (_, parts, everReady, state) => {
    expect(podState(pod(parts), everReady)).toBe(state);
  });

  test('a pod in phase Failed is crashed, even if its containers are ready', () => {
    const failed = pod({ life: 'ready' });
    expect(podState({ ...failed, status: { ...failed.status, phase: 'Failed' } }, true)).toBe('crashed');
  });

  test('a pod without a status is pending', () => {
    const { apiVersion, kind, metadata, spec } = pod();
    const unseen = { apiVersion, kind, metadata, spec };
    expect(podState(unseen, false)).toBe('pending');
    expect(restartsOf(unseen)).toBe(0);
  });
});
