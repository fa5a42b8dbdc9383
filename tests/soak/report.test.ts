import { alwaysReady, bothAnswer, each, noneFailed } from './claims';
import { failure, load, timeline } from './observed';
import { report } from './report';
import type { Observed, Scenario, Soak } from './soak';

const scenario: Scenario = {
  id: 'deleted',
  title: 'A pod is deleted',
  how: 'By hand.',
  observe: () => Promise.reject(new Error('not in this test')),
  claims: (observed) => [noneFailed(observed), alwaysReady(observed.phases, 2)],
};

const phases = [{ name: 'deletion', timeline: timeline([[-1, 3], [2, 2], [8, 3]]) }]; // prettier-ignore

function page(observed: Observed, unobserved: Soak['unobserved'] = {}, isOutdated = false): string {
  const soak: Soak = {
    beganAt: '2030-01-01T12:00:00.000Z',
    minutes: 1.5,
    dist: 'sha256:0',
    options: { ratePerSecond: 5, rollouts: 1 },
    observed: { deleted: observed },
    unobserved,
  };
  return report(soak, [scenario], isOutdated);
}

test('counts claims that hold, with the numbers that prove them', () => {
  const words = page({ load: load([]), phases });
  expect(words).toContain('**2 of 2 claims hold.**');
  expect(words).toContain('| no request fails, is reset, or gets a wrong answer | yes | 0 of 100 failed |');
  expect(words).toContain('| never fewer than 2 pods ready | yes | fewest: 2 |');
  expect(words).toContain('| A pod is deleted | 100 | 100 | 0 | 0 | 2 of 2 |');
});

test('shows a claim that fails', () => {
  const words = page({ load: load([failure(2.5, 'ECONNREFUSED')]), phases });
  expect(words).toContain('**1 of 2 claims hold.**');
  expect(words).toContain('| **no** | 1 of 100 failed |');
});

test('says which scenario was not observed, and that dist/ has changed since', () => {
  const words = page({ load: load([]), phases }, { drain: 'Error: no node' }, true);
  expect(words).toContain('**Not observed: drain.** Error: no node');
  expect(words).toContain('**Recorded with an older dist/.**');
});

test('names the phase that lacks a situation', () => {
  const observed = { load: load([]), phases };
  expect(each(observed, 'no-outage', 'no outage')).toMatchObject({ holds: true, because: '1 of 1' });
  const { holds, because } = each(observed, 'replaced', 'all new');
  expect(holds).toBe(false);
  expect(because).toMatch(/^deletion: at the end/);
  expect(each({ load: load([]), phases: [] }, 'no-outage', 'no outage').holds).toBe(false);
});

test('requires answers of both builds', () => {
  const seen = load([]);
  expect(bothAnswer({ load: seen, phases }).holds).toBe(true);
  expect(bothAnswer({ load: { ...seen, builds: { abc: 20 } }, phases }).holds).toBe(false);
});
