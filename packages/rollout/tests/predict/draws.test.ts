import {
  check,
  describeTimeline,
  findings,
  InputError,
  parseTimeline,
  predict,
  predictOnce,
  type Timeline,
} from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';

const image = 'web:v2';
const rolling = controller({ replicas: 3, maxSurge: 1, maxUnavailable: 0, container: { readinessProbe } });
const racing = controller({ replicas: 3, maxSurge: 3, maxUnavailable: 0 });

const settleTime = ({ samples }: Timeline): number => samples.at(-1)?.at ?? NaN;

describe('a prediction', () => {
  const drawn = predict(rolling, { image });

  test('is the draw with the median settle time, and names its seed', () => {
    const few = predict(rolling, { image, draws: 21, load: 0 });
    const { seed = 0 } = few.prediction ?? {};
    expect(predictOnce(rolling, { image, seed }).samples).toEqual(few.samples);
    const times = Array.from({ length: 21 }, (_, index) =>
      settleTime(predictOnce(rolling, { image, seed: index + 1 })),
    );
    expect(settleTime(few)).toBe(times.sort((a, b) => a - b)[10]);
  });

  test('has about the median of failed requests, and of settle times one in the middle', () => {
    const { fewest = 0, median = 0, most = 0 } = drawn.prediction?.failedRequests ?? {};
    expect(most - fewest).toBeGreaterThan(10);
    expect(Math.abs((drawn.load?.failed ?? NaN) - median)).toBeLessThanOrEqual(2);
    const middle = settleTime(predict(rolling, { image, load: 0 }));
    expect(Math.abs(settleTime(drawn) - middle)).toBeLessThan(0.3);
  });

  test('has a verdict for every situation, over all draws', () => {
    expect(drawn.prediction?.draws).toEqual({ first: 1, count: 200 });
    const { verdicts = [] } = drawn.prediction ?? {};
    expect(verdicts).toHaveLength(findings(drawn).length);
    expect(verdicts.every(({ draws }) => draws === 200)).toBe(true);
    expect(check(drawn, 'rolling')).toMatchObject({ outcome: 'always', holds: true });
    expect(check(drawn, 'blue-green')).toMatchObject({ outcome: 'never', holds: false });
    expect(check(drawn, 'not-blue-green')).toMatchObject({ outcome: 'always', holds: true });
  });

  test('has the shortest and the longest span of a situation', () => {
    const { spans } = check(drawn, 'mixed-versions');
    expect(spans?.shortest).toBeLessThan(spans?.longest ?? 0);
  });

  test('has the fewest and the most ready pods of all draws', () => {
    const { band = [] } = drawn.prediction ?? {};
    expect(Math.min(...band.map(({ fewest }) => fewest))).toBe(3);
    expect(Math.max(...band.map(({ most }) => most))).toBe(4);
  });

  test('is the same for the same seed and number of draws', () => {
    expect(predict(rolling, { image, seed: 5, draws: 9 })).toEqual(
      predict(rolling, { image, seed: 5, draws: 9 }),
    );
    expect(predict(rolling, { image, seed: 5, draws: 9 }).prediction?.draws).toEqual({ first: 5, count: 9 });
  });

  test('survives a file', () => {
    expect(parseTimeline(JSON.stringify(drawn))).toEqual(drawn);
  });

  test('has fewer draws of many pods by default', () => {
    const large = controller({ replicas: 500, maxSurge: '50%', maxUnavailable: '50%' });
    expect(predict(large, { image, load: 0 }).prediction?.draws?.count).toBe(20);
  });

  test.each([0, 1.5, NaN])('rejects %p draws', (draws) => {
    expect(() => predict(rolling, { image, draws })).toThrow(InputError);
  });
});

describe('a race', () => {
  const drawn = predict(racing, { image });

  test('is neither held nor missed, unless fewer draws are enough', () => {
    const verdict = check(drawn, 'blue-green');
    expect(verdict.outcome).toBe('race');
    expect(verdict.holds).toBe(false);
    const { held = 0, of = 0 } = verdict.draws ?? {};
    expect(check(drawn, 'blue-green', { atLeast: held / of }).holds).toBe(true);
    expect(check(drawn, 'blue-green', { atLeast: (held + 1) / of }).holds).toBe(false);
    expect(check(drawn, 'not-blue-green').draws).toEqual({ held: of - held, of });
  });

  test('says what decides it, and what settles it settles it', () => {
    const { decides = '', settles = '' } = check(drawn, 'blue-green');
    expect(decides).toMatch(/^whether the last new pod is ready .* before the controllers delete an old one/);
    const minReadySeconds = Number(/^minReadySeconds: (\d+)/.exec(settles)?.[1]);
    const settled = controller({ replicas: 3, maxSurge: 3, maxUnavailable: 0, minReadySeconds });
    expect(check(predict(settled, { image }), 'blue-green').outcome).toBe('always');
  });

  test('between a later change and the rollout names two seeds that differ', () => {
    const { prediction } = predict(rolling, { image, then: [{ at: 1.6, image: 'web:v1' }] });
    const race = prediction?.verdicts?.find(({ decides }) => decides !== undefined);
    expect(race).toMatchObject({ settles: expect.stringContaining('later change') as string });
    expect(race?.decides).toMatch(/^with seed \d+ .*; with seed \d+ /);
  });
});

test('an outage has the shortest and the longest time without a ready pod', () => {
  const drawn = predict(controller({ replicas: 2, strategy: { type: 'Recreate' } }), { image });
  const { outcome, spans } = check(drawn, 'no-outage');
  expect(outcome).toBe('never');
  expect(spans?.shortest).toBeGreaterThan(1);
  expect(spans?.longest).toBeLessThan(10);
});

test('of one draw and of a recording a situation is held or not held', () => {
  expect(check(predict(rolling, { image, draws: 1 }), 'rolling').outcome).toBe('held');
  expect(check(predictOnce(rolling, { image }), 'rolling').outcome).toBe('held');
  expect(check({ ...predictOnce(rolling, { image }), source: 'recorded' }, 'blue-green').outcome).toBe(
    'not held',
  );
});

test.each([rolling, racing])('the description lists every situation, and fits 80 columns', (manifest) => {
  const drawn = predict(manifest, { image, draws: 20 });
  const lines = describeTimeline(drawn);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.filter((line) => /^(always|race|never) /.test(line))).toHaveLength(findings(drawn).length);
});
