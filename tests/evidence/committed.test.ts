import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EvidenceFolder } from './folder';
import { scenarios } from './steps';
import { objects, ROOT } from '../../__tests__/support/dist';

const EVIDENCE = path.join(ROOT, 'docs/evidence');
const versions = readdirSync(EVIDENCE).filter((name) => name.startsWith('kubernetes-'));

test('there is evidence of the oldest and of the newest Kubernetes', () => {
  expect(versions).toEqual(['kubernetes-1.27', 'kubernetes-1.35']);
});

describe.each(versions)('%s', (version) => {
  const folder = new EvidenceFolder(path.join(EVIDENCE, version));

  test('every scenario is there, and every claim holds of its committed timelines', () => {
    expect(folder.proofs.map(({ scenario }) => scenario.id)).toEqual(scenarios.map(({ id }) => id));
    const verdicts = folder.proofs.flatMap((proof) => proof.verdicts);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('the picture of everything that runs shows every object of dist/ made', () => {
    const picture = readFileSync(path.join(folder.path, '2-everything-runs.terminal.svg'), 'utf8');
    const made = [...picture.matchAll(/>([a-z]+)[^/]*\/(\S+) created</g)];
    const wanted = objects.map(({ manifest }) => `${manifest.kind.toLowerCase()} ${manifest.metadata.name}`);
    expect(made.map(([, kind = '', name = '']) => `${kind} ${name}`).sort()).toEqual(wanted.sort());
  });

  test('the page says what its timelines say', () => {
    expect(readFileSync(path.join(folder.path, 'README.md'), 'utf8')).toBe(folder.page);
  });
});

const pages = [
  'README.md',
  'packages/service/README.md',
  'docs/homework.md',
  'docs/homework.ru.md',
  'docs/evidence/differential/README.md',
  ...versions.map((version) => `docs/evidence/${version}/README.md`),
];

test.each(pages)('every link of %s to a file of the project leads somewhere', (page) => {
  const links = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)];
  const local = links.flatMap(([, link = '']) => (/^https?:/.test(link) ? [] : [link]));
  const broken = local.filter((link) => !existsSync(path.join(ROOT, path.dirname(page), link)));
  expect(broken).toEqual([]);
});
