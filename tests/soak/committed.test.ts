import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LONG } from './flags';
import { scenarios } from '.';
import { report } from './report';
import { proofs, type Soak } from './soak';
import { ROOT } from '../../__tests__/support/dist';

const SOAK = path.join(ROOT, 'docs/evidence/soak');
const versions = readdirSync(SOAK);

test('the oldest and the newest Kubernetes were soaked', () => {
  expect(versions).toEqual(['kubernetes-1.27', 'kubernetes-1.35']);
});

describe.each(versions)('%s', (version) => {
  const read = (file: string) => readFileSync(path.join(SOAK, version, file), 'utf8');
  const soak = JSON.parse(read('soak.json')) as Soak;

  test('it is the long form, and every claim holds of what was observed', () => {
    expect(soak.options).toEqual(LONG);
    const found = proofs(soak, scenarios);
    expect(found.map(({ scenario }) => scenario.id)).toEqual(scenarios.map(({ id }) => id));
    expect(found.flatMap(({ claims }) => claims.filter(({ holds }) => !holds))).toEqual([]);
  });

  test('the page says what was observed', () => {
    expect(read('README.md')).toBe(report(soak, scenarios));
  });
});
