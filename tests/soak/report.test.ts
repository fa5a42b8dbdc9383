import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alwaysReady, bothAnswer, each, noneFailed } from './claims';
import { failure, load, timeline } from './observed';
import { report } from './report';
import { LONG, SOAK_EVIDENCE } from './run';
import { scenarios } from './scenarios';
import { proofs, type Observed, type Scenario, type Soak } from './soak';

describe.each(readdirSync(SOAK_EVIDENCE))('the committed soak of %s', (version) => {
  const read = (file: string) => readFileSync(path.join(SOAK_EVIDENCE, version, file), 'utf8');
  const soak = JSON.parse(read('soak.json')) as Soak;

  test('is complete, and every claim holds of what was observed', () => {
    expect(soak.options).toEqual(LONG);
    expect(soak.dist).toMatch(/^sha256:[0-9a-f]{64}$/);
    const found = proofs(soak, scenarios);
    expect(found.map(({ scenario }) => scenario.id)).toEqual(scenarios.map(({ id }) => id));
    expect(found.flatMap(({ claims }) => claims.filter(({ holds }) => !holds))).toEqual([]);
  });

  // Whether dist/ has changed since is for the next run to say, not for this test.
  test('has a page that follows from its JSON (npm run test:soak -- --pages)', () => {
    const pages = [false, true].map((isOutdated) => report(soak, scenarios, isOutdated));
    expect(pages).toContain(read('README.md'));
  });
});

const phases = [{ name: 'deletion', timeline: timeline([[-1, 3], [2, 2], [8, 3]]) }]; // prettier-ignore
const held: Observed = { load: load([]), phases };
const lost: Observed = { load: load([failure(2.5, 'ECONNREFUSED')]), phases };

const scenario: Scenario = {
  id: 'deleted',
  title: 'A pod is deleted',
  how: 'By hand.',
  observe: () => Promise.reject(new Error('not in this test')),
  claims: (observed) => [noneFailed(observed), alwaysReady(observed.phases, 2)],
};

test.each<[string, Observed, Soak['unobserved'], string[]]>([
  [
    'claims that hold, with the numbers that prove them',
    held,
    {},
    [
      '**2 of 2 claims hold.**',
      '| no request fails, is reset, or gets a wrong answer | yes | 0 of 100 failed |',
      '| never fewer than 2 pods ready | yes | fewest: 2 |',
      '| A pod is deleted | 100 | 100 | 0 | 0 | 2 of 2 |',
    ],
  ],
  ['a claim that fails', lost, {}, ['**1 of 2 claims hold.**', '| **no** | 1 of 100 failed |']],
  [
    'which scenario was not observed, and that dist/ has changed since',
    held,
    { drain: 'Error: no node' },
    ['**Not observed: drain.** Error: no node', '**Recorded with an older dist/.**'],
  ],
])('the page shows %s', (_what, deleted, unobserved, shown) => {
  const soak: Soak = {
    beganAt: '2030-01-01T12:00:00.000Z',
    minutes: 1.5,
    dist: 'sha256:0',
    options: { ratePerSecond: 5, rollouts: 1 },
    observed: { deleted },
    unobserved,
  };
  const page = report(soak, [scenario], true);
  expect(shown.filter((part) => !page.includes(part))).toEqual([]);
});

test('names the phase that lacks a situation', () => {
  expect(each(held, 'no-outage', 'no outage')).toMatchObject({ holds: true, because: '1 of 1' });
  const because = expect.stringMatching(/^deletion: at the end/) as string;
  expect(each(held, 'replaced', 'all new')).toMatchObject({ holds: false, because });
  expect(each({ ...held, phases: [] }, 'no-outage', 'no outage').holds).toBe(false);
});

test('requires answers of both builds', () => {
  expect(bothAnswer(held).holds).toBe(true);
  expect(bothAnswer({ ...held, load: { ...held.load, builds: { abc: 20 } } }).holds).toBe(false);
});
