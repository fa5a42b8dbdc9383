import { predict, type Manifest } from '@online-inference/rollout';
import { leastSeconds, replacedSeconds } from '../rollouts/least-time';

const deployment = (rollingUpdate: object, minReadySeconds = 0): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    replicas: 3,
    minReadySeconds,
    strategy: { type: 'RollingUpdate', rollingUpdate },
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ name: 'shop', image: 'shop:v1' }] },
    },
  },
});
const change = (manifest: Manifest) => predict(manifest, { image: 'shop:v2' });
const needs = { startDelay: 25, probePeriod: 1 };

test.each([
  ['all at once', { maxSurge: '100%', maxUnavailable: 0 }, 30, 56],
  ['in two waves', { maxSurge: 1, maxUnavailable: 1 }, 0, 52],
  ['one by one', { maxSurge: 1, maxUnavailable: 0 }, 0, 78],
])(
  'new pods that come %s need their start, a probe and minReadySeconds each wave',
  (_, strategy, ready, least) => {
    expect(leastSeconds(change(deployment(strategy, ready)), needs)).toBe(least);
  },
);

test('a share of the pods other than all is refused', () => {
  const timeline = change(deployment({ maxSurge: '25%', maxUnavailable: 0 }));
  expect(() => leastSeconds(timeline, needs)).toThrow('must be numbers of pods or 100% here, not 25%');
});

test('pods are replaced when new ones alone are left, though old ones still drain', () => {
  const timeline = predict(deployment({ maxSurge: '100%', maxUnavailable: 0 }), {
    image: 'shop:v2',
    behaviour: { drain: 20 },
  });
  const replaced = replacedSeconds(timeline);
  expect(replaced).toBeLessThan(timeline.end.at - 15);
  expect(timeline.samples.find(({ at }) => at === replaced)?.old).toMatchObject({ total: 0, terminating: 3 });
});

test('a rollout that never ends was never all new', () => {
  const timeline = predict(deployment({ maxSurge: 1, maxUnavailable: 0 }), {
    image: 'shop:v2',
    capacity: { pods: 3 },
    limit: 60,
  });
  expect(() => replacedSeconds(timeline)).toThrow('shop was never all new');
});
