import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parseCard, type ModelCard } from './card';

// Without it ONNX Runtime reports its use to its maker: https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
process.env['ORT_DISABLE_TELEMETRY'] = '1';

/** A model that cannot be served. Its message names the file and is meant for the person who deployed it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** A loaded model: facts and predictions. */
export interface Classifier {
  readonly card: ModelCard;
  /** The name of the model's one input. */
  readonly input: string;
  /**
   * The probability of label 1 for each row.
   *
   * @param rows the features of every row, row after row, in the card's order
   */
  probabilities(rows: Float32Array): Promise<number[]>;
}

/**
 * Loads an ONNX file and the facts beside it (`x.onnx`, `x.json`) and runs it once.
 *
 * @param threads how many threads one inference may use
 * @throws ModelError if either file is missing or damaged, or the model does not take the card's features
 */
export async function loadClassifier(path: string, threads: number): Promise<Classifier> {
  try {
    const [onnx, card] = await Promise.all([
      readFile(path),
      readFile(path.replace(/(\.onnx)?$/, '.json'), 'utf8').then(parseCard),
    ]);
    checkDigest(onnx, card);
    const session = await InferenceSession.create(onnx, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // An idle worker thread that spins burns the container's CPU limit.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    const input = inputFor(session, card);
    const classifier = {
      card,
      input,
      probabilities: (rows: Float32Array) => run(session, input, card, rows),
    };
    await classifier.probabilities(new Float32Array(card.features.length));
    return classifier;
  } catch (error) {
    throw new ModelError(
      `model ${path} cannot be served: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function checkDigest(onnx: Buffer, card: ModelCard): void {
  const digest = createHash('sha256').update(onnx).digest('hex');
  if (digest !== card.sha256) {
    throw new Error(`its SHA-256 is ${digest}, but its .json was written for ${card.sha256}`);
  }
}

/** The name of the model's one input, a float tensor [N, features]. */
function inputFor({ inputMetadata, outputNames }: InferenceSession, card: ModelCard): string {
  const [input, ...others] = inputMetadata;
  const wanted = `one float32 input [N, ${card.features.length}] and an output "probabilities"`;
  if (
    !input?.isTensor ||
    others.length > 0 ||
    input.type !== 'float32' ||
    input.shape.length !== 2 ||
    typeof input.shape[0] !== 'string' ||
    input.shape[1] !== card.features.length ||
    !outputNames.includes('probabilities')
  ) {
    const found = inputMetadata.map((one) =>
      one.isTensor ? `${one.type} [${one.shape.join(', ')}]` : one.name,
    );
    throw new Error(
      `it needs ${wanted}, not inputs ${found.join(', ')} and outputs ${outputNames.join(', ')}`,
    );
  }
  return input.name;
}

async function run(
  session: InferenceSession,
  input: string,
  card: ModelCard,
  rows: Float32Array,
): Promise<number[]> {
  const count = rows.length / card.features.length;
  const feeds = { [input]: new Tensor('float32', rows, [count, card.features.length]) };
  const { probabilities } = await session.run(feeds, ['probabilities']);
  if (!(probabilities?.data instanceof Float32Array) || probabilities.data.length !== 2 * count) {
    throw new Error('its output "probabilities" is not float32 [N, 2]');
  }
  return Array.from(probabilities.data.filter((_, index) => index % 2 === 1));
}
