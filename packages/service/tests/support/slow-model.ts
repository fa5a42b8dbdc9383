import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGED_MODEL } from '../../src/packaged';
import { onnxModel } from './onnx-model';

/** A slow model in a file. */
export interface SlowModel {
  readonly path: string;
  /** Returns the model's probability for a patient of the given age in years. */
  probability(age: number): number;
  remove(): void;
}

/**
 * Writes a slow model with the card of the packaged model.
 *
 * @param rounds see {@link onnxModel}
 */
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
