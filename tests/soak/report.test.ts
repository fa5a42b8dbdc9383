import { alwaysReady, bothAnswer, each, noneFailed } from './claims';
import { report } from './report';
import type { Observed, Scenario } from './scenario';
import { failed, proofs, type Soak } from './soak';
import { failure, load, timeline } from './observed';

const scenario: Scenario = {
  id: 'deleted',
  title: 'A pod is deleted',
  how: 'By hand.',
  observe: () => Promise.reject(new Error('not in this test')),
  claims: (observed) => [noneFailed(observed), alwaysReady(observed.phases, 2)],
};

const phases = [{ name: 'deletion', timeline: timeline([[-1, 3, 0], [2, 2, 0], [8, 3, 0]]) }]; // prettier-ignore
const soak = (observed: Observed): Soak => ({
  beganAt: '2030-01-01T12:00:00.000Z',
  minutes: 1.5,
  options: { ratePerSecond: 5, rollouts: 1 },
  observed: { deleted: observed },
  unobserved: {},
});

test('claims that hold are counted, with the numbers that prove them', () => {
  const page = report(soak({ load: load([]), phases }), [scenario]);
  expect(page).toContain('**2 of 2 claims hold.**');
  expect(page).toContain('| no request fails, is reset, or is answered wrongly | yes | 0 of 100 |');
  expect(page).toContain('| never fewer than 2 pods ready | yes | the fewest: 2 |');
  expect(page).toContain('| deletion | 8.0 | 2 | 3 | 0 |');
  expect(page).not.toContain('The requests that failed');
});

test('a claim that failed is told, and each failure with its moment', () => {
  const seen = soak({ load: load([failure(2.5, 'ECONNREFUSED')]), phases });
  const page = report(seen, [scenario]);
  expect(proofs(seen, [scenario]).every(failed)).toBe(true);
  expect(page).toContain('**1 of 2 claims hold.**');
  expect(page).toContain('| **no** | 1 of 100 |');
  expect(page).toContain(
    '| 12:00:02.500 | 1 | kept alive, used before | GET / | ECONNREFUSED | deletion, +2.50 s; old: 2 of 2 ready |',
  );
});

test('what could not be observed is told', () => {
  const page = report({ ...soak({ load: load([]), phases }), unobserved: { drain: 'Error: no node' } }, [
    scenario,
  ]);
  expect(page).toContain('**Not observed: drain.** Error: no node');
});

test('a situation that one phase lacks is told of that phase', () => {
  const observed = { load: load([]), phases };
  expect(each(observed, 'no-outage', 'no outage')).toEqual({
    claim: 'no outage',
    holds: true,
    because: '1 of 1',
  });
  const { holds, because } = each(observed, 'replaced', 'all new');
  expect(holds).toBe(false);
  expect(because).toMatch(/^deletion: at the end/);
  expect(each({ load: load([]), phases: [] }, 'no-outage', 'no outage').holds).toBe(false);
});

test('one build alone is not both', () => {
  const seen = load([]);
  expect(bothAnswer({ load: seen, phases }).holds).toBe(true);
  expect(bothAnswer({ load: { ...seen, builds: { abc: 20 } }, phases }).holds).toBe(false);
});
