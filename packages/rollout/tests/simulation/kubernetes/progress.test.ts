import { Progress, type DeploymentStatus } from '../../../src/simulation/progress.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/progress_test.go
// that have a Progressing condition: the simulation always has one

const DEADLINE_SECONDS = 60;
const status = (replicas: number, updated: number, available: number): DeploymentStatus => ({
  replicas,
  updated,
  ready: available,
  available,
});

function createProgress(reason: Progress['reason']): Progress {
  const progress = new Progress();
  progress.created(0);
  progress.reason = reason;
  return progress;
}

describe('requeueStuckDeployment', () => {
  const SOON = 0.005;
  // The controller adds a second to the time that is left.
  test.each<[string, Progress['reason'], number, DeploymentStatus, number, number, number | undefined]>([
    ['no deadline', 'ReplicaSetUpdated', 4, status(3, 3, 2), 2 ** 31 - 1, 30, undefined],
    ['a complete one', 'ReplicaSetUpdated', 3, status(3, 3, 3), DEADLINE_SECONDS, 30, undefined],
    ['one that has failed', 'ProgressDeadlineExceeded', 3, status(3, 3, 0), DEADLINE_SECONDS, 30, undefined],
    ['30 s before the deadline', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 30, 30 + 1],
    ['1 s before the deadline', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 59, 1 + 1],
    ['less than 1 s before it', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 59.001, SOON],
    ['at the deadline', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 60, SOON],
    ['1 s after the deadline', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 61, SOON],
    ['60 s after the deadline', 'ReplicaSetUpdated', 3, status(3, 3, 1), DEADLINE_SECONDS, 120, SOON],
  ])('%s', (_title, reason, replicas, current, deadline, now, expected) => {
    expect(createProgress(reason).recheckAfter(current, replicas, deadline, now)).toBe(expected);
  });
});

describe('syncRolloutStatus', () => {
  test.each<[string, Progress['reason'], DeploymentStatus, DeploymentStatus, number, Progress['reason']]>([
    [
      'leaves a complete Deployment with one ReplicaSet as it is',
      'NewReplicaSetAvailable',
      status(3, 3, 3),
      status(3, 3, 3),
      1000,
      'NewReplicaSetAvailable',
    ],
    [
      'keeps the reason while there is progress',
      'ReplicaSetUpdated',
      status(2, 2, 2),
      status(3, 2, 3),
      10,
      'ReplicaSetUpdated',
    ],
    [
      'takes the failure back when there is progress',
      'ProgressDeadlineExceeded',
      status(2, 2, 2),
      status(3, 2, 3),
      1000,
      'ReplicaSetUpdated',
    ],
    [
      'reports the completion',
      'ReplicaSetUpdated',
      status(3, 3, 3),
      status(3, 3, 3),
      10,
      'NewReplicaSetAvailable',
    ],
    [
      'reports the completion after a failure',
      'ProgressDeadlineExceeded',
      status(3, 3, 3),
      status(3, 3, 3),
      1000,
      'NewReplicaSetAvailable',
    ],
    [
      'reports the failure after the deadline',
      'ReplicaSetUpdated',
      status(2, 2, 2),
      status(2, 2, 2),
      61,
      'ProgressDeadlineExceeded',
    ],
    [
      'keeps the failure',
      'ProgressDeadlineExceeded',
      status(2, 2, 2),
      status(2, 2, 2),
      1000,
      'ProgressDeadlineExceeded',
    ],
  ])('%s', (_title, reason, before, after, now, expected) => {
    const progress = createProgress(reason);
    const exceeded = progress.update(before, after, 3, DEADLINE_SECONDS, now);
    expect(progress.reason).toBe(expected);
    expect(exceeded).toBe(expected === 'ProgressDeadlineExceeded' && reason !== expected);
  });
});
