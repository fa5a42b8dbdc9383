import { calibrate } from './calibrate';
import { caseOf, thousandPods } from './cases';
import { predictionOf } from './execute';
import { disagreements } from './explain';
import { fake, fakeOptions, real, realOptions } from './grounds';
import { judge, measures } from './judge';
import { markdown } from './report';
import { tally } from './tally';
import { workloadSpec } from '../../packages/rollout/src/manifest/workload';
import { timeline } from '../../packages/rollout/tests/timelines';

const known = {
  timings: { write: 0.01, watch: 0.003, containerStart: 0.05, cleanup: 0.05 },
  jitter: 0.5,
  readyExtra: 0.01,
};
const many = Array.from({ length: 200 }, (_, number) => caseOf(7, number, fake));
const cases = many.slice(0, 40);

test('the same seed and number give the same case, others another', () => {
  expect(caseOf(7, 3, fake)).toEqual(caseOf(7, 3, fake));
  expect(new Set(many.map((each) => JSON.stringify(each).replaceAll(each.name, ''))).size).toBe(200);
});

test('every case is one that the API server would take, on either ground', () => {
  for (const [number, { manifest }] of many.entries()) {
    expect(() => workloadSpec(manifest, 'x')).not.toThrow();
    expect(() => workloadSpec(caseOf(7, number, real).manifest, 'x')).not.toThrow();
  }
});

test('cases are of every kind: recreated, scaled, changed in the middle, never ready', () => {
  const has = (part: string): boolean => many.some((each) => JSON.stringify(each).includes(part));
  expect(['Recreate', '"100%"', ':v3', '{"replicas":', '"new":600'].every(has)).toBe(true);
  expect(many.some(({ requests }) => requests.length === 2)).toBe(true);
});

test('every case can be predicted, and all but the stuck ones settle', () => {
  for (const each of cases) {
    const { end } = predictionOf(each, fakeOptions(known));
    const stuck = each.startDelay.new === 600;
    expect(stuck ? ['settled', 'stalled'] : ['settled']).toContain(end.reason);
  }
});

test('start delays reach the predicted pods of either ground', () => {
  const [fakeReady, realReady] = [
    predictionOf({ ...thousandPods(fake), ...small(fake) }, fakeOptions(known)),
    predictionOf({ ...thousandPods(real), ...small(real) }, realOptions(known)),
  ].map(({ samples }) => samples.find(({ new: now }) => now.ready > 0)?.at ?? NaN);
  expect(fakeReady).toBeGreaterThan(1);
  expect(realReady).toBeGreaterThan(1);
});

function small(ground: typeof fake) {
  const { manifest } = thousandPods(ground);
  return { manifest: { ...manifest, spec: { ...(manifest['spec'] as object), replicas: 2 } } };
}

test('timelines are judged measure by measure', () => {
  const one = timeline(2, [2, 0], [1, [1, 0]], [1, 1], [0, 2]);
  const other = timeline(2, [2, 0], [2, [1, 0]], [1, 1], [0, 2]);
  expect(Object.values(judge(one, one)).every((same) => same)).toBe(true);
  expect(judge(one, other)).toMatchObject({ 'same end state': true, 'most live pods': false });
});

test('a tally counts pairs of real runs, and predictions against each', () => {
  const one = timeline(2, [2, 0], [1, 1], [0, 2]);
  const other = timeline(2, [2, 0], [2, 1], [0, 2]);
  const drawnAgain = (seed: number) => (seed % 2 === 0 ? one : other);
  const outcomes = [
    { name: 'a', predicted: one, runs: [one, other], drawnAgain },
    { name: 'b', predicted: one, runs: [other, other], drawnAgain },
  ];
  const rows = tally(outcomes);
  expect(rows.map(({ measure }) => measure)).toEqual(measures);
  expect(rows.find(({ measure }) => measure === 'most live pods')).toEqual({
    measure: 'most live pods',
    real: { same: 1, of: 2 },
    predicted: { same: 1, of: 4 },
    oneAtLeast: { same: 1, of: 2 },
    unlike: ['b'],
  });
  const summary = {
    title: 't',
    serverVersion: 'v1',
    seed: 1,
    cases: 2,
    runsEach: 2,
    measuredAs: known,
    rows,
    disagreements: disagreements(outcomes, rows),
    failed: [],
  };
  expect(markdown(summary)).toContain(
    '| most live pods | 1 of 2 (50.0 %) | 1 of 4 (25.0 %) | 1 of 2 (50.0 %) |',
  );
  expect(markdown(summary)).toContain('| b | most live pods | 2 predicted, 3 recorded | 30 of 60 |');
});

test('a calibration finds what a prediction was made with', () => {
  const quick = { ...known, jitter: 0.2 };
  const measured = cases
    .slice(0, 12)
    .map((each) => ({ each, runs: [predictionOf(each, fakeOptions(quick))] }));
  const { timings, jitter } = calibrate(measured);
  expect(timings.containerStart).toBeGreaterThan(0.04);
  expect(timings.containerStart).toBeLessThan(0.12);
  expect(timings.cleanup).toBeGreaterThan(0.02);
  expect(timings.cleanup).toBeLessThan(0.12);
  expect(jitter).toBeLessThan(1);
});
