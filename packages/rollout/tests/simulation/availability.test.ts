import { predictOnce, type PredictOptions, type Timeline } from '@online-inference/rollout';

const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 6,
    minReadySeconds: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'example.com/web:v1' }] },
    },
  },
};

const predictSeeds = (options: PredictOptions): Timeline[] =>
  Array.from({ length: 10 }, (_, index) =>
    predictOnce(manifest, { image: 'example.com/web:v2', load: 0, seed: index + 1, ...options }),
  );

/** Returns the seconds from the moment when all pods of a batch are available until the first old pod leaves. */
const getReactions = ({ samples }: Timeline): number[] =>
  [2, 4, 6].map((size) => {
    const available = samples.find(({ new: now }) => now.available >= size)?.at ?? NaN;
    const left = samples.find(({ old }) => old.total <= 6 - size)?.at ?? NaN;
    return left - available;
  });

/** @see https://github.com/kubernetes/kubernetes/pull/132121 */
test('pods that become available are replaced at once from Kubernetes 1.34 on', () => {
  const reactions = predictSeeds({}).flatMap(getReactions);
  expect(Math.max(...reactions)).toBeLessThan(0.5);
});

test('before Kubernetes 1.34 the check of availability comes up to a second late', () => {
  const reactions = predictSeeds({ timings: { availabilityDelay: 1 } }).flatMap(getReactions);
  expect(Math.max(...reactions)).toBeGreaterThan(0.5);
  expect(Math.max(...reactions)).toBeLessThan(1.5);
});
