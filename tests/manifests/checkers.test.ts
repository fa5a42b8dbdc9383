import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { KUBE_SCORE, readCheckov, readKubeScore } from './checkers';
import { stage } from './sources';

test('kube-score: a check passes with the best grade, or if it is skipped', () => {
  const comments = [{ path: 'web', summary: 'is bad' }];
  const check = (id: string, grade: number, skipped = false) => ({
    check: { id, name: `the ${id}` },
    grade,
    skipped,
    comments: grade === 7 ? null : comments,
  });
  const web = {
    type_meta: { kind: 'Deployment' },
    object_meta: { name: 'web', namespace: 'one' },
    checks: [check('good', 10), check('left-out', 0, true), check('bad', 1), check('silent', 7)],
  };
  const one = { source: 'one', object: 'deployment/web' };
  expect(readKubeScore(JSON.stringify([web]))).toEqual([
    { ...one, check: 'kube-score good', message: 'web is bad', isPassed: true },
    { ...one, check: 'kube-score left-out', message: 'web is bad', isPassed: true },
    { ...one, check: 'kube-score bad', message: 'web is bad', isPassed: false },
    { ...one, check: 'kube-score silent', message: 'the silent', isPassed: false },
  ]);
});

test('checkov: reads both outcomes, a name with dots, and rejects a file that checkov cannot parse', () => {
  const checked = (id: string) => ({
    check_id: id,
    check_name: `about ${id}`,
    resource: 'Deployment.one.web.example',
  });
  const report = (parsing_errors: readonly string[]) =>
    JSON.stringify({
      results: { passed_checks: [checked('K1')], failed_checks: [checked('K2')], parsing_errors },
    });
  const one = { source: 'one', object: 'deployment/web.example' };
  expect(readCheckov(report([]))).toEqual([
    { ...one, check: 'checkov K1', message: 'about K1', isPassed: true },
    { ...one, check: 'checkov K2', message: 'about K2', isPassed: false },
  ]);
  expect(() => readCheckov(report(['/three.yaml']))).toThrow('checkov cannot parse /three.yaml');
});

test.each([
  ['kube-score', KUBE_SCORE, /@v(.*)$/],
  ['checkov', readFileSync(path.join(__dirname, 'requirements.txt'), 'utf8'), /^checkov==(.*)$/m],
])('docs/manifests.md names the version of %s that runs', (name, pinned, version) => {
  const documentation = readFileSync(path.join(ROOT, 'docs/manifests.md'), 'utf8');
  expect(documentation).toContain(`| ${name} ${version.exec(pinned)?.[1] ?? 'not pinned'} `);
});

test('stage gives the objects of a source a namespace, keeps their strings, and names a source that is invalid', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
  try {
    const pod = (name: string) => `kind: Pod\nmetadata:\n  name: ${name}\nspec: "on"\n`;
    stage({ two: `---\n${pod('a')}---\n${pod('b')}` }, folder);
    const [a, b] = ['a', 'b'].map((name) => pod(name).replace('spec', '  namespace: two\nspec'));
    expect(readFileSync(path.join(folder, 'two.yaml'), 'utf8')).toBe(`---\n${a ?? ''}---\n${b ?? ''}`);
    expect(() => {
      stage({ two: 'kind' }, folder);
    }).toThrow('two: a document is not an object');
    expect(() => {
      stage({ two: `${pod('a')}kind: Pod\n` }, folder);
    }).toThrow('two: Map keys must be unique');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
