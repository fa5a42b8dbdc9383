import {
  check,
  compare,
  describeTimeline,
  InputError,
  parseTimeline,
  predict,
  predictOnce,
  type Timeline,
} from '../../src/index.ts';
import { predictInput } from '../inputs.ts';
import { controller, pod, readinessProbe } from '../manifests.ts';

const image = 'web:v2';
const probed = { readinessProbe };
const rolling = controller({ replicas: 3, maxSurge: 1, maxUnavailable: 0, container: probed });
const recreate = controller({ replicas: 2, strategy: { type: 'Recreate' }, container: probed });

const failedOf = ({ load }: Timeline): number => load?.failed ?? NaN;

describe('without a readiness probe, a new version that answers after 25 s', () => {
  const drawn = predictInput('no-readiness', { behaviour: { startDelay: { new: 25 } } });

  test('fails nearly every request for 24 s', () => {
    const { load } = drawn;
    const during = load?.seconds.filter(({ at }) => at >= 2 && at < 25) ?? [];
    expect(during).toHaveLength(23);
    expect(during.every(({ failed }) => failed >= 49)).toBe(true);
    expect(load?.seconds.filter(({ at }) => at < 0).every(({ failed }) => failed === 0)).toBe(true);
  });

  test('is an outage, loses requests, and has ready pods that do not answer', () => {
    for (const situation of ['no-outage', 'no-lost-requests', 'answering']) {
      expect(check(drawn, situation).holds).toBe(false);
    }
    const { at = 0, until = 0 } = check(drawn, 'no-outage');
    expect(until - at).toBeGreaterThan(22);
    expect(check(drawn, 'settled').at).toBeLessThan(4);
  });

  test('answers all requests with a readiness probe and a drain', () => {
    const careful = predict(rolling, { image, draws: 20, behaviour: { startDelay: { new: 25 }, drain: 6 } });
    for (const situation of ['no-outage', 'no-lost-requests', 'answering']) {
      expect(check(careful, situation).outcome).toBe('always');
    }
    expect(careful.prediction?.failedRequests).toEqual({ fewest: 0, median: 0, most: 0 });
  });
});

test('a process that ends at SIGTERM loses requests until it has left the Service; a drain keeps them', () => {
  const hasty = predict(rolling, { image, draws: 20, load: 10, behaviour: { startDelay: { new: 15 } } });
  const race = check(hasty, 'no-lost-requests');
  expect(race.outcome).toBe('race');
  expect(race.decides).toMatch(/^whether a request is sent to a pod whose process has ended/);
  expect(check(hasty, 'no-outage').outcome).toBe('always');

  const seconds = Number(/answering for (\d+) s after SIGTERM/.exec(race.settles ?? '')?.[1]);
  const drained = predict(rolling, { image, draws: 20, behaviour: { drain: seconds } });
  expect(check(drained, 'no-lost-requests').outcome).toBe('always');

  const lifecycle = { preStop: { sleep: { seconds } } };
  const slept = controller({
    replicas: 3,
    maxSurge: 1,
    maxUnavailable: 0,
    container: { ...probed, lifecycle },
  });
  for (let seed = 1; seed <= 20; seed += 1) {
    for (const { error } of predictOnce(slept, { image, seed }).load?.failures ?? []) {
      expect(error).toBe('ECONNRESET (kept-alive connection)');
    }
  }
});

test('Recreate is an outage from the end of the old processes until the new ones are ready', () => {
  const { load } = predictOnce(recreate, { image, behaviour: { drain: 6, startDelay: { new: 10 } } });
  expect(load?.outages).toHaveLength(1);
  expect(load?.outages?.[0]?.from).toBeCloseTo(6, 0);
  expect(load?.outages?.[0]?.to).toBeGreaterThan(16);
});

test('a process that crashes fails requests until its pod has left the Service', () => {
  const drawn = predictOnce(rolling, {
    image,
    behaviour: { crashAfter: { new: 60 } },
    goOnFor: 90,
    limit: 90,
  });
  expect(failedOf(drawn)).toBeGreaterThan(0);
  expect(check(drawn, 'answering').holds).toBe(false);
});

test('a bare Pod answers nothing while its container is replaced in place', () => {
  const drawn = predictOnce(pod(), { image, behaviour: { startDelay: 3 } });
  expect(check(drawn, 'no-outage')).toMatchObject({ holds: false });
  expect(check(drawn, 'answering')).toMatchObject({ holds: false });
});

test('the container with a port is the one that answers', () => {
  const containers = [
    { name: 'log', image: 'log:v1', env: [{ name: 'START_DELAY_SECONDS', value: '30' }] },
    { name: 'web', image: 'web:v1', ports: [{ containerPort: 80 }] },
  ];
  const two = controller({ replicas: 2, maxSurge: 1, maxUnavailable: 0, pod: { containers } });
  expect(check(predictOnce(two, { image: 'web=web:v2' }), 'answering').holds).toBe(true);
});

describe('without load', () => {
  const silent = predict(rolling, { image, load: 0 });

  test('no-outage is judged by readiness, and says so', () => {
    expect(silent.load).toBeUndefined();
    expect(check(silent, 'no-outage')).toMatchObject({ outcome: 'always' });
    expect(check(silent, 'no-outage').because).toMatch(/^never fewer than 3 ready pods .*\(by readiness/);
  });

  test('whether a request fails is not known', () => {
    expect(check(silent, 'no-lost-requests')).toMatchObject({ outcome: 'unknown', holds: false });
    expect(check(silent, 'not-no-lost-requests')).toMatchObject({ outcome: 'unknown', holds: false });
  });
});

test.each([-1, NaN, 1e6])('refuses a load of %p requests a second', (load) => {
  expect(() => predict(rolling, { image, load })).toThrow(InputError);
});

test('old pods that have just started answer later', () => {
  const young = controller({ kind: 'ReplicaSet', replicas: 1 });
  const options = { replicas: 2, behaviour: { startDelay: 25 }, goOnFor: 40 };
  expect(failedOf(predictOnce(young, options))).toBeLessThan(500);
  expect(failedOf(predictOnce(young, { ...options, age: 14 }))).toBeGreaterThan(700);
});

test('a prediction with load survives a file, and fits 80 columns', () => {
  const drawn = predict(recreate, { image, draws: 20 });
  expect(parseTimeline(JSON.stringify(drawn))).toEqual(drawn);
  const lines = describeTimeline(drawn);
  expect(lines.find((line) => line.startsWith('  Requests to a Service, 50 a second: '))).toBeDefined();
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

describe('compare', () => {
  const [a, b] = [1, 2].map((seed) => predictOnce(recreate, { image, seed }));
  const pairs = (one: Timeline, other: Timeline) => compare(one, other).requests;

  test('compares failed requests within 10 %', () => {
    if (!a || !b) throw new Error('two draws expected');
    expect(pairs(a, a).every(({ same }) => same)).toBe(true);
    const slow = predictOnce(recreate, { image, behaviour: { startDelay: { new: 20 } } });
    expect(pairs(a, slow).some(({ same }) => !same)).toBe(true);
  });

  test('leaves requests out when one timeline has none', () => {
    if (!a) throw new Error('a draw expected');
    const without = predictOnce(recreate, { image, seed: 1, load: 0 });
    expect(pairs(a, without)).toEqual([]);
    expect(compare(a, without).situations.find(({ name }) => name === 'no-lost-requests')?.same).toBe(true);
  });
});
