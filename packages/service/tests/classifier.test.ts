/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@online-inference/settings';
import { loadClassifier, type Classifier } from '../src/inference/classifier';
import { declarations } from '../src/settings';
import { PACKAGED_MODEL } from '../src/packaged';

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
