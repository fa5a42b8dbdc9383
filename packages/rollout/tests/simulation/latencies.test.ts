import { check, predict, predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { controller } from '../manifests.ts';

const image = 'web:v2';
const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);

const draw = (fields: Parameters<typeof controller>[0], options: PredictOptions = {}): Timeline[] =>
  SEEDS.map((seed) => predictOnce(controller(fields), { image, seed, load: 0, ...options }));

const timesOf = ({ pods }: Timeline, version: string, wanted: string): number[] =>
  pods
    .filter((lane) => lane.version === version)
    .flatMap(({ states }) => states.find(({ state }) => state === wanted)?.at ?? []);

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN;

const shareOf = (draws: readonly Timeline[], holds: (draw: Timeline) => boolean): number =>
  draws.filter(holds).length / draws.length;

const mostLive = ({ samples }: Timeline): number =>
  Math.max(...samples.map(({ old, new: now }) => old.total + now.total));

/** Recorded on real controllers: 336 random cases, each on two versions of Kubernetes. */
describe('latencies are those of real controllers', () => {
  test('from the first new pod to the first old one that is marked: 52 ms, from 3 to 130 ms', () => {
    const fields = [
      { replicas: 4, maxSurge: 4, maxUnavailable: 2 },
      { replicas: 6, maxSurge: 3, maxUnavailable: 2 },
      { replicas: 5, maxSurge: 2, maxUnavailable: 2 },
    ];
    const delays = fields
      .flatMap((each) => draw(each))
      .map(
        (each) =>
          Math.min(...timesOf(each, 'old', 'terminating')) - Math.min(...timesOf(each, 'new', 'pending')),
      );
    expect(quantile(delays, 0.5)).toBeGreaterThan(0.03);
    expect(quantile(delays, 0.5)).toBeLessThan(0.07);
    expect(quantile(delays, 0.1)).toBeLessThan(0.02);
    expect(quantile(delays, 0.9)).toBeGreaterThan(0.08);
  });

  test('readiness spreads over 50 ms, and the reaction to it takes 41 ms', () => {
    const draws = draw({ replicas: 5, maxSurge: 5, maxUnavailable: 0 });
    const ready = draws.map((each) => timesOf(each, 'new', 'ready'));
    const spreads = ready.map((times) => Math.max(...times) - Math.min(...times));
    const reactions = draws.map(
      (each, index) => Math.min(...timesOf(each, 'old', 'terminating')) - Math.min(...(ready[index] ?? [])),
    );
    expect(quantile(spreads, 0.5)).toBeGreaterThan(0.03);
    expect(quantile(spreads, 0.5)).toBeLessThan(0.1);
    expect(quantile(reactions, 0.5)).toBeGreaterThan(0.03);
    expect(quantile(reactions, 0.5)).toBeLessThan(0.06);
    expect(quantile(reactions, 0.9)).toBeGreaterThan(0.08);
  });

  test('without jitter every draw is the same', () => {
    const draws = SEEDS.slice(0, 5).map((seed) =>
      predictOnce(controller({ replicas: 4, maxSurge: 4 }), {
        image,
        seed,
        jitter: 0,
        phase: 0,
        timings: { relist: 0 },
      }),
    );
    expect(new Set(draws.map(({ samples }) => JSON.stringify(samples))).size).toBe(1);
  });
});

describe('what two recordings of a case showed happens in some draws', () => {
  test('8 live pods of 4 with surge 4 and 50 % unavailable', () => {
    const share = shareOf(
      draw({ replicas: 4, maxSurge: 4, maxUnavailable: '50%' }),
      (each) => mostLive(each) >= 8,
    );
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(1);
  });

  test.each([
    [{ replicas: 5, maxSurge: 5, maxUnavailable: 0 }, 0.15, 0.75],
    [{ replicas: 2, maxSurge: 2, maxUnavailable: '30%' }, 0.5, 0.95],
  ])('all old and all new pods ready at once, or not: %j', (fields, least, most) => {
    const { draws } = check(predict(controller(fields), { image, load: 0 }), 'blue-green');
    const share = (draws?.held ?? 0) / (draws?.of ?? 1);
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
  });

  test('15 live pods when 10 replicas become 13 with a new image, surge 1 and 2 unavailable', () => {
    const draws = draw({ replicas: 10, maxSurge: 1, maxUnavailable: 2 }, { replicas: 13 });
    const share = shareOf(draws, (each) => mostLive(each) > 14);
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.5);
    expect(Math.max(...draws.map(mostLive))).toBeLessThanOrEqual(14 + 6);
  });

  test('replicas + maxSurge is exceeded in few of the draws of an ordinary rollout', () => {
    const draws = draw({ replicas: 6, maxSurge: 2, maxUnavailable: 2 });
    expect(shareOf(draws, (each) => mostLive(each) > 8)).toBeLessThan(0.1);
  });
});
