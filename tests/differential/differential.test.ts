import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TIMELINE_API_VERSION, type Counts, type Timeline } from '@online-inference/rollout';
import { calibrate } from './calibrate';
import { createCase, createLargeCase, selectCases, STUCK_SECONDS } from './cases';
import { grounds } from './grounds';
import { judge, measures } from './measures';
import { predictCase } from './outcome';
import { createOverview, createPage, digestCases, type Summary } from './report';
import { subjectNames } from './subjects';
import { explainDisagreements, tally } from './tally';
import { measureTimes } from './times';

const { fake, real } = grounds;
const calibration = {
  timings: { write: 0.01, watch: 0.003, containerStart: 0.05, cleanup: 0.05 },
  jitter: 0.5,
  readyExtra: 0.01,
};
const selection = { seed: 7, count: 200, thousand: false };
const many = selectCases(selection, fake);
const few = many.slice(0, 40);

type Pods = readonly [live: number, ready: number];

/** Returns a timeline of a Deployment of two replicas, with one step a second from the change on. */
function createTimeline(...steps: (readonly [old: Pods, now: Pods])[]): Timeline {
  const count = ([total, ready]: Pods): Counts => ({ total, ready, available: ready, terminating: 0 });
  return {
    apiVersion: TIMELINE_API_VERSION,
    kind: 'Timeline',
    source: 'predicted',
    workload: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      replicas: { before: 2, after: 2 },
      maxSurge: 1,
      maxUnavailable: 1,
    },
    changes: [{ at: 0, description: 'image web:v2', image: 'web:v2' }],
    samples: steps.map(([old, now], at) => ({ at, old: count(old), new: count(now) })),
    pods: [],
    end: { at: steps.length, reason: 'settled' },
  };
}

const withoutSurge = createTimeline([[2, 2], [0, 0]], [[1, 1], [1, 0]], [[0, 0], [2, 2]]); // prettier-ignore
const withSurge = createTimeline([[2, 2], [0, 0]], [[2, 2], [1, 0]], [[0, 0], [2, 2]]); // prettier-ignore

describe('random cases', () => {
  test('depend only on the seed and the number', () => {
    expect(createCase(7, 3, fake)).toEqual(createCase(7, 3, fake));
    expect(new Set(many.map((each) => JSON.stringify(each).replaceAll(each.name, ''))).size).toBe(200);
  });

  test.each([fake, real])('are valid workloads ($title)', (ground) => {
    const options = ground.getOptions(calibration);
    for (const each of selectCases(selection, ground)) {
      expect(() => predictCase(each, options)).not.toThrow();
    }
  });

  test('cover recreation, scaling, a change during the rollout, and pods that are never ready', () => {
    const contains = (part: string): boolean => many.some((each) => JSON.stringify(each).includes(part));
    expect(
      ['Recreate', '"100%"', ':v3', '{"replicas":', `"new":${STUCK_SECONDS}`].filter(contains),
    ).toHaveLength(5);
    expect(many.some(({ requests }) => requests.length === 2)).toBe(true);
  });

  test('settle in the prediction, unless their pods are never ready', () => {
    for (const each of few) {
      const { end } = predictCase(each, fake.getOptions(calibration));
      const stuck = each.startDelay.new === STUCK_SECONDS;
      expect(stuck ? ['settled', 'stalled'] : ['settled']).toContain(end.reason);
    }
  });

  test.each([fake, real])('apply their start delay to the predicted pods ($title)', (ground) => {
    const { samples } = predictCase(createLargeCase(ground, 2), ground.getOptions(calibration));
    const ready = samples.find(({ new: now }) => now.ready > 0);
    expect(ready?.at).toBeGreaterThan(1);
  });
});

test('two timelines are judged by each measure', () => {
  expect(Object.values(judge(withoutSurge, withoutSurge)).every((same) => same)).toBe(true);
  expect(judge(withoutSurge, withSurge)).toMatchObject({ 'same end state': true, 'most live pods': false });
});

test('a tally counts pairs of rollouts, and pairs of prediction and rollout', () => {
  const predictAgain = (seed: number) => (seed % 2 === 0 ? withoutSurge : withSurge);
  const outcomes = [
    { name: 'a', predicted: withoutSurge, runs: [withoutSurge, withSurge], seconds: 0.01, predictAgain },
    { name: 'b', predicted: withoutSurge, runs: [withSurge, withSurge], seconds: 0.01, predictAgain },
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
  const page = createPage({
    ground: 'fake',
    serverVersion: 'v1',
    selection,
    digest: '',
    cases: 2,
    runsEach: 2,
    measuredAs: calibration,
    rows,
    disagreements: explainDisagreements(outcomes, rows),
    failed: [],
  });
  expect(page).toContain('| most live pods | 1 of 2 (50.0 %) | 1 of 4 (25.0 %) | 1 of 2 (50.0 %) |');
  expect(page).toContain('| b | most live pods | 2 predicted, 3 recorded | 30 of 60 |');
});

test('times are compared between rollouts, and with the prediction', () => {
  const late = {
    ...withoutSurge,
    samples: withoutSurge.samples.map((each) => ({ ...each, at: 2 * each.at })),
  };
  const [rest] = measureTimes([{ predicted: withoutSurge, runs: [withoutSurge, late] }], false);
  expect(rest).toEqual({ time: 'time to rest', real: 2, predicted: 1, nearer: 0 });
});

describe.each(subjectNames)('cases of the subject %s', (subject) => {
  const cases = selectCases({ seed: 7, count: 40, thousand: false, subject }, real);

  test('depend only on the seed and the number', () => {
    expect(digestCases(cases)).toBe(
      digestCases(selectCases({ seed: 7, count: 40, thousand: false, subject }, real)),
    );
  });

  test('can be predicted', () => {
    for (const each of cases) expect(() => predictCase(each, real.getOptions(calibration))).not.toThrow();
  });
});

test('a calibration recovers the latencies of predictions', () => {
  const options = fake.getOptions({ ...calibration, jitter: 0.2 });
  const recorded = few.slice(0, 12).map((each) => ({ each, runs: [predictCase(each, options)] }));
  const { timings, jitter } = calibrate(recorded);
  expect(timings.containerStart).toBeGreaterThan(0.04);
  expect(timings.containerStart).toBeLessThan(0.15);
  expect(timings.cleanup).toBeGreaterThan(0.02);
  expect(timings.cleanup).toBeLessThan(0.12);
  expect(jitter).toBeLessThan(1);
});

describe('the committed reports', () => {
  const folder = path.join(__dirname, '../../docs/evidence/differential');
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const reports = [
    'fake-nodes',
    'fake-nodes-unseen',
    'fake-nodes-explained',
    'kubernetes-1.37',
    'real-pods',
  ].map((name) => ({
    name,
    summary: JSON.parse(read(`${name}.json`)) as Summary,
  }));

  test.each(reports)('$name: the page follows from the results', ({ name, summary }) => {
    expect(read(`${name}.md`)).toBe(createPage(summary));
  });

  test.each(reports)('$name: its seed still gives its cases', ({ summary }) => {
    expect(digestCases(selectCases(summary.selection, grounds[summary.ground]))).toBe(summary.digest);
  });

  test('the table of the README follows from the results', () => {
    expect(read('README.md')).toContain(createOverview(reports));
  });
});
