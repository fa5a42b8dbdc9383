import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { report } from './report';
import { LONG, SOAK_EVIDENCE } from './run';
import { scenarios } from './scenarios';
import { proofs, type Soak } from './soak';

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
