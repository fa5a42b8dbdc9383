import { resolveFenceposts } from '../../../src/index.ts';
import { resolveLimits } from '../../../src/simulation/deployment-plan.ts';
import {
  hasProgressed,
  isComplete,
  Progress,
  type DeploymentStatus,
} from '../../../src/simulation/progress.ts';
import { scaleUpNewSet } from '../../../src/simulation/rolling-rules.ts';
import { deployment, sizesAfterSync } from './fleet.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util_test.go

const status = (replicas: number, updated: number, ready: number, available: number): DeploymentStatus => ({
  replicas,
  updated,
  ready,
  available,
});

describe('ResolveFenceposts', () => {
  test.each([
    ['0%', '0%', 0, 0, 1],
    ['39%', '39%', 10, 4, 3],
    [0, '39%', 10, 0, 3],
    ['39%', 0, 10, 4, 0],
    [0, 0, 10, 0, 1],
  ])(
    'maxSurge %s and maxUnavailable %s of %i: %i and %i',
    (maxSurge, maxUnavailable, replicas, surge, unavailable) => {
      expect(resolveFenceposts(maxSurge, maxUnavailable, replicas)).toEqual({ surge, unavailable });
    },
  );

  test.each([
    ['oops', '39%'],
    ['55%', 'urg'],
  ])('refuses maxSurge %s with maxUnavailable %s', (maxSurge, maxUnavailable) => {
    expect(() => resolveFenceposts(maxSurge, maxUnavailable, 10)).toThrow(RangeError);
  });
});

describe('NewRSNewReplicas', () => {
  // replicas, maxSurge, new pods, all pods, expected new pods
  test.each([
    [1, 1, 5, 10, 5],
    [6, 10, 2, 5, 6],
  ])('%i replicas, surge %i, %i new of %i pods: %i new pods', (replicas, surge, now, total, expected) => {
    expect(scaleUpNewSet({ replicas, surge, unavailable: 1 }, now, total)).toBe(expected);
  });

  test('a Recreate strategy scales to all replicas', () => {
    const spec = deployment({ replicas: 3, strategy: { type: 'Recreate' } });
    expect(sizesAfterSync(spec, [{ replicas: 1, desired: 3, max: 3 }])).toEqual([3]);
  });
});

describe('DeploymentComplete', () => {
  // wanted, replicas, updated, available
  test.each([
    ['one pod is not available', 5, 5, 5, 4, false],
    ['too few pods are available', 5, 5, 5, 3, false],
    ['all are updated and available', 5, 5, 5, 5, true],
    ['one pod is not updated', 5, 5, 4, 5, false],
    ['an old pod still runs', 1, 2, 1, 1, false],
    ['the only pod never comes up', 1, 1, 1, 0, false],
  ])('%s', (_title, wanted, replicas, updated, available, expected) => {
    expect(isComplete(status(replicas, updated, available, available), wanted)).toBe(expected);
  });
});

describe('DeploymentProgressing', () => {
  test.each([
    ['more updated pods', status(10, 4, 4, 4), status(10, 6, 4, 4), true],
    ['nothing', status(10, 4, 4, 4), status(10, 4, 4, 4), false],
    ['fewer old pods', status(10, 4, 6, 6), status(8, 4, 6, 6), true],
    ['fewer updated pods', status(10, 7, 3, 3), status(10, 6, 3, 3), false],
    ['fewer pods, but more updated', status(10, 4, 7, 7), status(8, 8, 5, 5), true],
    ['more ready pods', status(10, 10, 9, 8), status(10, 10, 10, 8), true],
    ['more available pods', status(10, 10, 10, 9), status(10, 10, 10, 10), true],
  ])('%s', (_title, before, after, expected) => {
    expect(hasProgressed(before, after)).toBe(expected);
  });
});

describe('DeploymentTimedOut', () => {
  const [before, unchanged] = [status(2, 1, 1, 1), status(2, 1, 1, 1)];
  const timedOut = (deadline: number, since: number, now: number): boolean => {
    const progress = new Progress();
    progress.created(since);
    return progress.update(before, unchanged, 2, deadline, now);
  };

  test.each([
    ['11 s after a deadline of 10 s', 10, 69, 80, true],
    ['9 s after the last progress', 10, 71, 80, false],
    ['ever, with the largest int32', 2 ** 31 - 1, 0, 2 ** 32, false],
  ])('%s', (_title, deadline, since, now, expected) => {
    expect(timedOut(deadline, since, now)).toBe(expected);
  });

  test('not after the rollout completed', () => {
    expect(new Progress().update(before, unchanged, 2, 10, 1000)).toBe(false);
  });
});

describe('MaxUnavailable', () => {
  test.each([
    [10, 5, 5],
    [10, 10, 10],
    [5, 10, 5],
    [0, 10, 0],
    [10, '50%', 5],
    [10, '100%', 10],
    [5, '100%', 5],
  ])('%i replicas, maxUnavailable %s: %i', (replicas, maxUnavailable, expected) => {
    expect(resolveLimits(deployment({ replicas, maxSurge: 1, maxUnavailable })).unavailable).toBe(expected);
  });

  test('of a Recreate strategy is 0', () => {
    expect(resolveLimits(deployment({ strategy: { type: 'Recreate' } })).unavailable).toBe(0);
  });
});
