import { readCheckov } from './checkov';
import { readKubernetesValidate } from './kubernetes-validate';
import { readKubeScore } from './kube-score';

const sourceOf = (slug: string) => `source ${slug}`;

test('kubernetes-validate: a line is an object, and all but INFO are findings', () => {
  const printed = [
    'INFO /tmp/x/one.yaml passed for resource pod/web against version 1.35',
    "ERROR /tmp/x/two.yaml did not validate for resource deployment/web against version 1.35: spec: Additional properties are not allowed ('replicaz' was unexpected)",
    "WARN /tmp/x/two.yaml Couldn't find schema for kind HTTPRoute with api version gateway.networking.k8s.io/v1 for kubernetes version 1.35",
  ];
  const { findings, seen } = readKubernetesValidate(`${printed.join('\n')}\n`, sourceOf);
  expect([...seen]).toEqual(['source one', 'source two']);
  expect(findings).toEqual([
    {
      check: 'kubernetes-validate invalid',
      source: 'source two',
      object: 'deployment/web',
      message: "spec: Additional properties are not allowed ('replicaz' was unexpected)",
    },
    {
      check: 'kubernetes-validate no-schema',
      source: 'source two',
      object: 'httproute',
      message: expect.stringMatching(/^Couldn't find schema for kind HTTPRoute/) as string,
    },
  ]);
});

test('kubernetes-validate: what it could not look at is an error, and no finding', () => {
  const printed = 'ERROR /tmp/x/one.yaml could not be validated: no such thing\n';
  expect(() => readKubernetesValidate(printed, sourceOf)).toThrow('source one: could not be validated');
});

test('kube-score: a check below its best grade is a finding, one that is skipped is none', () => {
  const check = (id: string, grade: number, skipped = false) => ({
    check: { id, name: `the ${id}` },
    grade,
    skipped,
    comments: [{ path: 'web', summary: `is ${id}` }],
  });
  const scored = [
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
  const { findings, seen } = readKubeScore(JSON.stringify(scored), sourceOf);
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

test('checkov: a check that failed is a finding; a name may have dots', () => {
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

test('checkov: a file that it could not read is an error', () => {
  const unread = { results: { ...results, parsing_errors: ['/three.yaml'] } };
  expect(() => readCheckov(JSON.stringify(unread), sourceOf)).toThrow('checkov cannot read /three.yaml');
});
