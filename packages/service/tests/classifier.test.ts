/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@online-inference/settings';
import { loadClassifier, type Classifier } from '../src/inference/classifier';
import { declarations } from '../src/settings';
import { PACKAGED_MODEL } from '../src/start';

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
    died: fail,
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

test('the packaged model gives a probability a row', async () => {
  const { queue } = await open(PACKAGED_MODEL);
  const probabilities = await queue.infer(new Float32Array(30), () => false);
  expect(probabilities).toHaveLength(3);
  probabilities.forEach((probability) => {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
  });
});

test('a damaged model is refused by its digest', async () => {
  await expect(load(onnx.subarray(0, 1000), card)).rejects.toThrow(
    /m.onnx cannot be served: .*SHA-256 is .* written for/,
  );
});

test('bytes that are no model are refused', async () => {
  const bytes = Buffer.from('not a model');
  await expect(load(bytes, { ...card, sha256: sha256(bytes) })).rejects.toThrow(
    /cannot be served: .*Protobuf/i,
  );
});

test('a model whose input does not fit the features is refused, and both are told', async () => {
  await expect(load(onnx, { ...card, features: card.features.slice(1) })).rejects.toThrow(
    'it needs one float32 input [N, 9] and an output "probabilities", not inputs float32 [, 10] and outputs label, probabilities',
  );
});

test('facts without the features are refused, and what is missing is told', async () => {
  await expect(load(onnx, { ...card, features: undefined })).rejects.toThrow(
    /cannot be served: .*\/features/,
  );
});
