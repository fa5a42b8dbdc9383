import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { KUBE_SCORE, readCheckov, readKubeScore } from './checkers';

const sourceOf = (slug: string) => `source ${slug}`;

test('kube-score: a check below the best grade is a finding, a skipped check is not', () => {
  const check = (id: string, grade: number, skipped = false) => ({
    check: { id, name: `the ${id}` },
    grade,
    skipped,
    comments: [{ path: 'web', summary: `is ${id}` }],
  });
  const objects = [
    {
      type_meta: { kind: 'Deployment' },
      object_meta: { name: 'web', namespace: 'one' },
      checks: [check('good', 10), check('almost', 7), check('bad', 1), check('left-out', 0, true)],
    },
    {
      type_meta: { kind: 'Pod' },
      object_meta: { name: 'web', namespace: 'two' },
      checks: [{ ...check('silent', 5), comments: null }],
    },
  ];
  const { findings, seen } = readKubeScore(JSON.stringify(objects), sourceOf);
  expect([...seen]).toEqual(['source one', 'source two']);
  const web = { source: 'source one', object: 'deployment/web' };
  expect(findings).toEqual([
    { ...web, check: 'kube-score almost', message: 'web is almost' },
    { ...web, check: 'kube-score bad', message: 'web is bad' },
    { check: 'kube-score silent', source: 'source two', object: 'pod/web', message: 'the silent' },
  ]);
});

const checked = (id: string, slug: string) => ({
  check_id: id,
  check_name: `about ${id}`,
  file_path: `/${slug}.yaml`,
  resource: `Deployment.${slug}.web.example`,
});
const results = {
  passed_checks: [checked('CKV_K8S_1', 'one')],
  failed_checks: [checked('CKV_K8S_2', 'two')],
  parsing_errors: [] as string[],
};

test('checkov: a failed check is a finding; a name may contain dots', () => {
  const { findings, seen } = readCheckov(JSON.stringify({ results }), sourceOf);
  expect([...seen]).toEqual(['source one', 'source two']);
  expect(findings).toEqual([
    {
      check: 'checkov CKV_K8S_2',
      source: 'source two',
      object: 'deployment/web.example',
      message: 'about CKV_K8S_2',
    },
  ]);
});

test('checkov: a file that it cannot parse is an error', () => {
  const unread = { results: { ...results, parsing_errors: ['/three.yaml'] } };
  expect(() => readCheckov(JSON.stringify(unread), sourceOf)).toThrow('checkov cannot parse /three.yaml');
});

test.each([
  ['kube-score', KUBE_SCORE, /@v(.*)$/],
  ['checkov', readFileSync(path.join(__dirname, 'requirements.txt'), 'utf8'), /^checkov==(.*)$/m],
])('docs/manifests.md names the version of %s that runs', (name, pinned, version) => {
  const documentation = readFileSync(path.join(ROOT, 'docs/manifests.md'), 'utf8');
  expect(documentation).toContain(`| ${name} ${version.exec(pinned)?.[1] ?? 'not pinned'} `);
});
