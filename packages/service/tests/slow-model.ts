import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGED_MODEL } from '../src/start';
import { onnxModel } from './onnx-model';

/** A model file that can be served, and what it answers. */
export interface SlowModel {
  readonly path: string;
  /** The probability for a patient of an age. */
  probability(age: number): number;
  remove(): void;
}

/** Writes a model that takes some milliseconds for a batch of any size, with the packaged model's facts beside it. */
export function slowModel(rounds: number): SlowModel {
  const folder = mkdtempSync(join(tmpdir(), 'slow-model-'));
  const path = join(folder, 'slow.onnx');
  const onnx = onnxModel(rounds);
  writeFileSync(path, onnx);
  const facts = JSON.parse(readFileSync(PACKAGED_MODEL.replace(/onnx$/, 'json'), 'utf8')) as object;
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  writeFileSync(join(folder, 'slow.json'), JSON.stringify({ ...facts, sha256 }));
  return {
    path,
    probability: (age) => 1 / (1 + Math.exp(-age / 100)),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
