/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@online-inference/settings';
import { loadClassifier, type Classifier } from '../src/inference/classifier';
import { declarations } from '../src/settings';
import { PACKAGED_MODEL } from '../src/packaged';
import { cpuLimit, inferenceThreads } from '../src/cpu-limit';
import { slowModel } from './support/slow-model';

const onnx = readFileSync(PACKAGED_MODEL);
const card = JSON.parse(readFileSync(PACKAGED_MODEL.replace('.onnx', '.json'), 'utf8')) as {
  features: object[];
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function open(modelPath: string): Promise<Classifier> {
  return loadClassifier({
    ...readSettings(declarations, {}),
    inferenceThread: 'never',
    modelPath,
    onnxThreads: 1,
    onThreadExit: fail,
  });
}

const fail = (error: Error) => {
  throw error;
};

async function load(bytes: Buffer, facts: object): Promise<unknown> {
  const path = join(folder, 'm.onnx');
  writeFileSync(path, bytes);
  writeFileSync(join(folder, 'm.json'), JSON.stringify(facts));
  return open(path);
}

test('the packaged model gives one probability per row', async () => {
  const { queue } = await open(PACKAGED_MODEL);
  const probabilities = await queue.infer(new Float32Array(30), () => false);
  expect(probabilities).toHaveLength(3);
  probabilities.forEach((probability) => {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
  });
});

test('runs even a slow model without a thread if INFERENCE_THREAD is never', async () => {
  const slow = slowModel(100);
  expect((await open(slow.path)).threaded).toBe(false);
  slow.remove();
});

test('rejects a damaged model by its digest', async () => {
  await expect(load(onnx.subarray(0, 1000), card)).rejects.toThrow(
    /^cannot use model .*m.onnx: its SHA-256 is .*, but its .json file expects /,
  );
});

test('rejects bytes that are not a model', async () => {
  const bytes = Buffer.from('not a model');
  await expect(load(bytes, { ...card, sha256: sha256(bytes) })).rejects.toThrow(
    /^cannot use model .*Protobuf/i,
  );
});

test('rejects a model whose input does not match the card, and names both', async () => {
  await expect(load(onnx, { ...card, features: card.features.slice(1) })).rejects.toThrow(
    'it must have one float32 input [N, 9] and an output "probabilities", not inputs float32 [, 10] and outputs label, probabilities',
  );
});

test('rejects a card without features', async () => {
  await expect(load(onnx, { ...card, features: undefined })).rejects.toThrow(
    /^cannot use model .*\/features/,
  );
});

const files = (contents: Record<string, string>) => (path: string) => contents[path];
const version1 = (quota: string) =>
  files({ 'cpu/cpu.cfs_quota_us': `${quota}\n`, 'cpu/cpu.cfs_period_us': '100000\n' });

test.each([
  ['50000 100000\n', 0.5],
  ['250000 100000\n', 2.5],
  ['max 100000\n', undefined],
])('cgroup v2: cpu.max %j is a limit of %p CPUs', (content, cpus) => {
  expect(cpuLimit(files({ 'cpu.max': content }))).toBe(cpus);
});

test.each([
  ['50000', 0.5],
  ['400000', 4],
  ['-1', undefined],
])('cgroup v1: a quota of %s is a limit of %p CPUs', (quota, cpus) => {
  expect(cpuLimit(version1(quota))).toBe(cpus);
});

test('there is no limit without a cgroup', () => {
  expect(cpuLimit(files({}))).toBeUndefined();
});

test.each([
  [0.25, 8, 1],
  [2.5, 8, 2],
  [16, 8, 8],
  [undefined, 4, 4],
])('a limit of %p CPUs on %d cores gives %d threads per inference', (limit, cores, threads) => {
  expect(inferenceThreads(limit, cores)).toBe(threads);
});
