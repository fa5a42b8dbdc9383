import { readFileSync } from 'node:fs';
import { parseCard, type ModelCard } from '../model/card';
import { openModel, type OpenOptions } from './open';
import { InferenceQueue, type QueueLimits } from './queue';

/** A model that cannot be used. The message names the file and is for the operator. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** A loaded model. */
export interface Classifier {
  readonly card: ModelCard;
  /** Name of the model's only input. */
  readonly input: string;
  /** Whether it runs in its own thread. */
  readonly threaded: boolean;
  readonly queue: Pick<InferenceQueue, 'infer' | 'length' | 'full'>;
}

interface ClassifierOptions extends QueueLimits, OpenOptions {
  /** ONNX file; its card is beside it: `x.json` for `x.onnx`. */
  readonly modelPath: string;
  /** Threads for one inference. */
  readonly onnxThreads: number;
}

/**
 * Loads a model and its card.
 *
 * @throws ModelError if a file is missing or invalid, or the model does not match its card
 */
export async function loadClassifier(options: ClassifierOptions): Promise<Classifier> {
  const { modelPath: path, onnxThreads: threads } = options;
  try {
    const card = parseCard(readFileSync(path.replace(/(\.onnx)?$/, '.json'), 'utf8'));
    const columns = card.features.length;
    const { input, threaded, run } = await openModel(
      { path, sha256: card.sha256, columns, threads },
      options,
    );
    return { card, input, threaded, queue: new InferenceQueue(run, columns, options) };
  } catch (error) {
    throw new ModelError(
      `cannot use model ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
