import { predict, type Manifest } from '@online-inference/rollout';
import { leastSeconds, replacedSeconds } from './rollouts';

const deployment = (rollingUpdate: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate },
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ name: 'shop', image: 'shop:v1' }] },
    },
  },
});

test.each([
  ['one wave and minReadySeconds 30', 1, 30, 56],
  ['two waves', 2, undefined, 52],
])('%s need at least a start, a probe period and minReadySeconds per wave', (_, waves, ready, least) => {
  expect(leastSeconds(waves, ready)).toBe(least);
});

test('pods are replaced once new pods alone are left, even if old ones still terminate', () => {
  const timeline = predict(deployment({ maxSurge: '100%', maxUnavailable: 0 }), {
    image: 'shop:v2',
    behaviour: { drain: 20 },
  });
  const replaced = replacedSeconds(timeline);
  expect(replaced).toBeLessThan(timeline.end.at - 15);
  expect(timeline.samples.find(({ at }) => at === replaced)?.old).toMatchObject({ total: 0, terminating: 3 });
});

test('replacedSeconds rejects a rollout that never completes', () => {
  const timeline = predict(deployment({ maxSurge: 1, maxUnavailable: 0 }), {
    image: 'shop:v2',
    capacity: { pods: 3 },
    limit: 60,
  });
  expect(() => replacedSeconds(timeline)).toThrow('the new pods of shop never replaced all old pods');
});
