import { resolveFenceposts } from '../../../src/index.ts';
import {
  cleanupUnhealthyReplicas,
  scaleDownOldReplicaSets,
  scaleDownOldSets,
} from '../../../src/simulation/rolling-rules.ts';
import { deployment, sizesAfterSync } from './fleet.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling_test.go

const limitsOf = (replicas: number, maxUnavailable: number) => ({
  replicas,
  ...resolveFenceposts(0, maxUnavailable, replicas),
});

describe('reconcileNewReplicaSet', () => {
  // replicas, maxSurge, old pods, new pods, expected new pods
  test.each([
    [10, 0, 10, 0, 0],
    [10, 2, 10, 0, 2],
    [10, 2, 5, 0, 7],
    [10, 2, 10, 2, 2],
    [10, 2, 2, 11, 10],
  ])(
    '%i replicas, maxSurge %i, %i old and %i new pods: %i new pods',
    (replicas, surge, old, now, expected) => {
      const spec = deployment({ replicas, maxSurge: surge, maxUnavailable: surge === 0 ? 1 : 0 });
      const annotations = { desired: replicas, max: replicas + surge };
      const sizes = sizesAfterSync(spec, [
        { replicas: old, ...annotations },
        { replicas: now, ...annotations },
      ]);
      expect(sizes[1]).toBe(expected);
    },
  );
});

describe('reconcileOldReplicaSets', () => {
  // replicas, maxUnavailable, old pods, new pods, available old pods, available new pods, expected old pods
  test.each([
    [10, 0, 10, 0, 10, 0, 9],
    [10, 2, 10, 0, 10, 0, 8],
    [10, 2, 10, 0, 8, 0, 8],
    [10, 2, 10, 0, 9, 0, 8],
    [10, 2, 8, 2, 8, 0, 8],
  ])(
    '%i replicas, maxUnavailable %i, %i old and %i new pods of which %i and %i are available: %i old pods',
    (replicas, maxUnavailable, old, now, availableOld, availableNew, expected) => {
      const scalings = scaleDownOldSets(
        limitsOf(replicas, maxUnavailable),
        [{ replicas: old, available: availableOld }],
        { replicas: now, available: availableNew },
      );
      expect(scalings.at(-1)?.to ?? old).toBe(expected);
    },
  );
});

describe('cleanupUnhealthyReplicas', () => {
  // old pods, available pods, most pods to clean up, expected number of pods cleaned up
  test.each([
    [10, 8, 1, 1],
    [10, 8, 3, 2],
    [10, 8, 0, 0],
    [10, 10, 3, 0],
  ])(
    '%i old pods of which %i are available, at most %i: %i are cleaned up',
    (old, available, most, expected) => {
      const { scalings, failed } = cleanupUnhealthyReplicas([{ replicas: old, available }], most);
      expect(old - (scalings.at(-1)?.to ?? old)).toBe(expected);
      expect(failed).toBe(false);
    },
  );
});

describe('scaleDownOldReplicaSetsForRollingUpdate', () => {
  // replicas, maxUnavailable, available pods, old pods, expected old pods
  test.each([
    [10, 0, 10, 10, 9],
    [10, 2, 10, 10, 8],
    [10, 2, 8, 10, 10],
    [10, 2, 10, 0, 0],
    [10, 2, 1, 10, 10],
  ])(
    '%i replicas, maxUnavailable %i, %i available of %i old pods: %i old pods',
    (replicas, maxUnavailable, available, old, expected) => {
      const scalings = scaleDownOldReplicaSets(limitsOf(replicas, maxUnavailable), [old], available);
      expect(scalings.at(-1)?.to ?? old).toBe(expected);
    },
  );
});
