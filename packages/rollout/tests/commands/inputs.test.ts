import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTimeline } from '../../src/index.ts';
import { controller } from '../manifests.ts';
import { rollout } from '../run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollout-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const input = (name: string): string => path.join(__dirname, '../inputs', `${name}.yaml`);
const web = JSON.stringify(controller());

test.each([
  [
    'a chart',
    'chart/Chart.yaml',
    /chart is a Helm chart, render it first: helm template .*chart \| rollout predict -\n$/,
  ],
  [
    'a kustomization',
    'kust/kustomization.yml',
    /kust is a kustomization, render it first: kubectl kustomize .*kust \| rollout predict -\n$/,
  ],
  [
    'no manifests',
    'other/a.txt',
    /other is a folder, expected a file; it has no \.yaml, \.yml or \.json file\n$/,
  ],
])('predict answers a folder of %s with what to do', async (_title, file, message) => {
  const { code, err } = await rollout(['predict', path.dirname(write(file, '')), '--image', 'web:v2']);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('check names the manifests of a folder', async () => {
  const { code, err } = await rollout(['check', path.dirname(write('plain/a.yaml', ''))]);
  expect(code).toBe(2);
  expect(err).toMatch(/plain is a folder, expected a file; it has a\.yaml\n$/);
});

test.each([
  ['check', 'deploy.yaml', 'apiVersion: apps/v1\nkind: Deployment\n'],
  ['draw', 'deploy.json', web],
])('%s says that a manifest is to be predicted first', async (command, name, content) => {
  const file = write(name, content);
  const { code, err } = await rollout([command, file]);
  expect(code).toBe(2);
  expect(err).toBe(
    `rollout: ${file} is a manifest of a Deployment, not a timeline; predict it first: rollout predict ${file} --image IMAGE -o plan.json\n`,
  );
});

test.each([
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${web}`)],
  ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${web}`, 'utf16le')],
])('predict reads %s', async (_title, content) => {
  const { code, err } = await rollout([
    'predict',
    write('marked.json', content),
    '--image',
    'web:v2',
    '--draws',
    '1',
    '--json',
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each(['probe-zeros', 'yaml-merge', 'init-restart-policy'])(
  'predict takes what kubectl and the API server take: %s',
  async (name) => {
    const { code, out } = await rollout([
      'predict',
      input(name),
      '--image',
      'web=example.org/it:v2',
      '--draws',
      '1',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(parseTimeline(out).end.reason).toBe('settled');
  },
);

test.each([
  ['--name', 'outer/deployment/gateway'],
  ['--namespace', 'outer'],
  ['-n', 'outer'],
])('predict chooses one of two namespaces with %s %s', async (...choice) => {
  const args = [
    'predict',
    input('two-namespaces'),
    '--image',
    'example.org/it:v2',
    ...choice,
    '--draws',
    '1',
    '--json',
  ];
  const { code, out } = await rollout(args);
  expect(code).toBe(0);
  expect(parseTimeline(out).workload.namespace).toBe('outer');
});

test('predict names both workloads of one name with their namespaces', async () => {
  const { code, out } = await rollout([
    'predict',
    input('two-namespaces'),
    '--image',
    'example.org/it:v2',
    '--draws',
    '1',
  ]);
  expect(code).toBe(0);
  expect(out).toContain('inner/Deployment/gateway');
  expect(out).toContain('outer/Deployment/gateway');
});
