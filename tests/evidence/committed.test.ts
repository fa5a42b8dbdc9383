import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { EvidenceFolder } from './folder';
import { outcomesOf } from './proof';
import { scenarios } from './steps';

const EVIDENCE = path.join(ROOT, 'docs/evidence');
const versions = readdirSync(EVIDENCE).filter((name) => name.startsWith('kubernetes-'));

// Whether dist/ has changed since is for the page to say: a new step must not need a cluster.
describe.each(versions)('the committed evidence of %s', (version) => {
  const folder = new EvidenceFolder(path.join(EVIDENCE, version));

  test('holds every scenario, and every claim holds of its timelines', () => {
    expect(folder.proofs.map(({ scenario }) => scenario.id)).toEqual(scenarios.map(({ id }) => id));
    expect(folder.proofs.flatMap(outcomesOf).filter(({ holds }) => !holds)).toEqual([]);
  });

  test('names the dist/ that it recorded, and shows each of its objects created', () => {
    const { dist, objects } = folder.recorded;
    expect(dist).toMatch(/^sha256:[0-9a-f]{64}$/);
    const picture = folder.read('2-everything-runs.terminal.svg');
    const created = [...picture.matchAll(/>([a-z]+)[^/]*\/(\S+) created</g)];
    expect(created.map(([, kind = '', name = '']) => `${kind} ${name}`).sort()).toEqual(
      objects.map((object) => object.replace(/^\w+/, (kind) => kind.toLowerCase())).sort(),
    );
  });

  test('has a page that follows from its timelines (npm run evidence -- --pages)', () => {
    expect([false, true].map((isOutdated) => folder.page(isOutdated))).toContain(folder.read('README.md'));
  });
});
