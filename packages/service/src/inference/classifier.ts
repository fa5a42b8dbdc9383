import { readFileSync } from 'node:fs';
import { parseCard, type ModelCard } from '../model/card';
import { openModel, type OpenOptions } from './open';
import { InferenceQueue, type QueueLimits } from './queue';

/** A model that cannot be served. Its message names the file and is meant for the person who deployed it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** A loaded model: facts and predictions. */
export interface Classifier {
  readonly card: ModelCard;
  /** The name of the model's one input. */
  readonly input: string;
  /** Whether it runs on a thread of its own. */
  readonly threaded: boolean;
  /** What waits for the model. */
  readonly queue: Pick<InferenceQueue, 'infer' | 'length' | 'full'>;
}

export interface ClassifierOptions extends QueueLimits, OpenOptions {
  /** The ONNX file; the facts are beside it, as in `x.onnx`, `x.json`. */
  readonly modelPath: string;
  /** Threads that one inference may use. */
  readonly onnxThreads: number;
}

/**
 * Loads a model and the facts about it.
 *
 * @throws ModelError if either file is missing or damaged, or the model does not take the card's features
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
      `model ${path} cannot be served: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
