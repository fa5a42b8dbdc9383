import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Timeline } from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { rollout } from '../run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollout-several-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const named = (name: string, image: string): string =>
  JSON.stringify({
    ...controller({ replicas: 2, container: { image, readinessProbe } }),
    metadata: { name, namespace: 'shop' },
  });
function write(name: string, ...documents: readonly string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, documents.join('\n---\n'));
  return file;
}
const predict = (...args: readonly string[]) => rollout(['predict', ...args, '--draws', '3']);

test('several workloads in a file: a few lines for each, in 80 columns', async () => {
  const file = write(
    'two.yaml',
    named('web', 'a:v1'),
    named('api', 'a:v1'),
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: x }',
  );
  const { code, out } = await predict(file, '--image', 'a:v2');
  expect(code).toBe(0);
  const lines = out.split('\n');
  expect(lines[0]).toBe('2 workloads, 3 draws each; --name shop/Deployment/web shows one');
  expect(out).toMatch(
    /shop\/Deployment\/api: image a:v2\n {2}settled at \d+\.\d s, at least 2 ready, at most 3 live pods; /,
  );
  expect(out).toContain('Not predicted:\n  CronJob/x of batch/v1 (not predicted)');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('--name draws one of them', async () => {
  const file = write('two.yaml', named('web', 'a:v1'), named('api', 'a:v1'));
  expect((await predict(file, '--image', 'a:v2', '--name', 'api')).out).toContain(
    'Deployment/api, predicted: image a:v2',
  );
});

test('--json prints a list of timelines, of which check takes one', async () => {
  const file = write('two.yaml', named('web', 'a:v1'), named('api', 'a:v1'));
  const timelines = JSON.parse((await predict(file, '--image', 'a:v2', '--json')).out) as Timeline[];
  expect(timelines.map(({ workload }) => workload.name)).toEqual(['web', 'api']);
  expect((await rollout(['check', '-'], JSON.stringify(timelines))).err).toContain(
    'is a list, expected one timeline',
  );
});

test('--expect is about each of them', async () => {
  const file = write('two.yaml', named('web', 'a:v1'), named('api', 'a:v1'));
  const { code, out } = await predict(file, '--image', 'a:v2', '-e', 'settled', '-e', 'not-recreate');
  expect(code).toBe(0);
  expect(out.replaceAll(/\s+/g, ' ')).toContain('; always settled, always not-recreate');
  expect((await predict(file, '--image', 'a:v2', '-e', 'recreate')).code).toBe(1);
});

test('two files: the change is what differs', async () => {
  const before = write('old.yaml', named('web', 'a:v1'));
  const after = write('new.yaml', named('web', 'a:v2'));
  expect((await predict(before, after)).out).toContain('Deployment/web, predicted: image a:v2');
});

test('two files of several: only those that differ', async () => {
  const before = write('old.yaml', named('web', 'a:v1'), named('api', 'a:v1'));
  const after = write('new.yaml', named('web', 'a:v1'), named('api', 'a:v2'));
  const { out } = await predict(before, after);
  expect(out).toContain('shop/Deployment/api: image a:v2');
  expect(out).not.toContain('shop/Deployment/web:');
  expect((await predict(before, before)).out).toBe('No workload changes.\n');
});
