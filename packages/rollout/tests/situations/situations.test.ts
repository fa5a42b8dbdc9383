import { check, findings, InputError, predictOnce, situationNames, type Timeline } from '../../src/index.ts';
import type { Lane } from '../../src/timeline/timeline.ts';
import { pod, readinessProbe } from '../manifests.ts';
import { timeline } from '../timelines.ts';

const blueGreen = timeline(2, [2, 0], [2, [2, 0]], [2, [2, 1]], [2, 2], [1, 2], [0, 2]);
const rolling = timeline(2, [2, 0], [1, [1, 0]], [1, 1], [0, [2, 1]], [0, 2]);
const recreate = timeline(2, [2, 0], [0, 0], [0, [2, 0]], [0, 2]);
const untouched = timeline(2, [2, 0]);
const grown = timeline(2, [2, 0], [2, [1, 0]], [2, 1]);

const createLanes = (version: 'old' | 'new', ...states: Lane['states']): Lane[] => [
  { pod: 'web', version, image: 'web', restarts: 0, states },
];

const namesHolding = (each: Timeline): string[] =>
  findings(each).flatMap(({ expect, holds }) => (holds ? [expect] : []));

test.each<[string, Timeline, string[]]>([
  [
    'blue-green',
    blueGreen,
    ['blue-green', 'no-outage', 'full-strength', 'mixed-versions', 'replaced', 'crash-free', 'settled'],
  ],
  [
    'rolling',
    rolling,
    ['rolling', 'no-outage', 'within-budget', 'mixed-versions', 'replaced', 'crash-free', 'settled'],
  ],
  ['recreate', recreate, ['recreate', 'replaced', 'crash-free', 'settled']],
  ['untouched', untouched, ['no-outage', 'full-strength', 'within-budget', 'kept', 'crash-free', 'settled']],
  [
    'grown',
    grown,
    ['no-outage', 'full-strength', 'within-budget', 'mixed-versions', 'mixed-end', 'crash-free', 'settled'],
  ],
])('a timeline has exactly its situations: %s', (_title, each, expected) => {
  expect(namesHolding(each)).toEqual(expected);
});

test('a verdict names the span in which the situation holds', () => {
  expect(check(blueGreen, 'blue-green')).toEqual({
    expect: 'blue-green',
    holds: true,
    outcome: 'held',
    at: 3,
    until: 4,
    because: 'all 2 old pods and all 2 new pods are ready from 3 s to 4 s, for 1 s',
  });
  expect(check(blueGreen, 'within-budget')).toMatchObject({ holds: false, at: 1 });
});

test('the prefix not- expects the absence of a situation', () => {
  expect(check(recreate, 'not-mixed-versions').holds).toBe(true);
  expect(check(recreate, 'not-no-outage').holds).toBe(true);
  expect(check(rolling, 'not-rolling').holds).toBe(false);
});

test('a workload without replicas is within its budget', () => {
  expect(check(timeline(0, [0, 0]), 'within-budget')).toMatchObject({
    holds: true,
    because: 'never more than 1 live pod, never fewer than 0 available',
  });
});

describe('of a recorded load', () => {
  const load = { url: 'http://x/', ratePerSecond: 50, sent: 100, answered: 50, failed: 50 };
  const failures = [{ at: 2.5, error: 'refused' }];
  const second = (at: number, answered: number, failed: number) => ({
    at,
    answered: { old: answered },
    failed,
  });

  test('a failed request is a lost one, and a ready pod that does not answer', () => {
    const seconds = [second(1, 50, 0), second(2, 49, 1)];
    const broken = { ...rolling, load: { ...load, failed: 1, seconds, failures } };
    expect(check(broken, 'no-lost-requests')).toMatchObject({ outcome: 'not held', at: 2.5 });
    expect(check(broken, 'answering')).toMatchObject({ outcome: 'not held', at: 2.5 });
    expect(check(broken, 'no-outage').holds).toBe(true);
  });

  test('a second without an answer is an outage', () => {
    const seconds = [second(1, 50, 0), second(2, 0, 50), second(3, 0, 50)];
    const broken = { ...rolling, load: { ...load, seconds, failures } };
    expect(check(broken, 'no-outage')).toMatchObject({ holds: false, at: 2, until: 4 });
  });

  test('no request fails if all are answered', () => {
    const answered = { ...rolling, load: { ...load, failed: 0, seconds: [second(1, 50, 0)], failures: [] } };
    for (const situation of ['no-outage', 'no-lost-requests', 'answering']) {
      expect(check(answered, situation).outcome).toBe('held');
    }
  });
});

describe('a container replaced in place', () => {
  const inPlace = (before: number, after: number): Timeline => ({
    ...timeline(before, [before, 0], [before - 1, 1], [before - 1, after]),
    pods: [
      ...createLanes('old', { at: -1, state: 'ready' }, { at: 1, state: 'gone' }),
      ...createLanes('new', { at: 1, state: 'ready' }),
    ],
  });

  test.each([pod(), pod({ readinessProbe })])('is an outage in the prediction of a bare Pod', (manifest) => {
    const verdict = check(predictOnce(manifest, { image: 'web:v2' }), 'no-outage');
    expect(verdict.holds).toBe(false);
    expect(verdict.because).toMatch(/^no request is answered from/);
  });

  test('is an outage in the recording of a single pod that stays ready', () => {
    expect(check({ ...inPlace(1, 1), source: 'recorded' }, 'no-outage')).toMatchObject({
      holds: false,
      at: 1,
    });
    expect(check(inPlace(1, 1), 'no-outage').because).toContain('replaced in place at 1 s');
  });

  test('is no outage if another pod is ready', () => {
    expect(check(inPlace(2, 1), 'no-outage').holds).toBe(true);
  });

  test('reduces the strength even if another pod is ready', () => {
    expect(check(inPlace(2, 1), 'full-strength')).toMatchObject({ holds: false, at: 1 });
    expect(check(inPlace(2, 1), 'full-strength').because).toContain('1 of 2 pods');
  });
});

test('an unknown situation is rejected with the list of known ones', () => {
  expect(() => check(rolling, 'fast')).toThrow(InputError);
  expect(() => check(rolling, 'fast')).toThrow(`expected ${situationNames.join(', ')}`);
});
