import type { Answer } from './client';
import { batchOf, type Kind } from './kinds';

/** How far a probability may be from scikit-learn's own, with which the model was exported. */
const TOLERANCE = 1e-5;

/**
 * Holds an answer's probabilities to the model's.
 *
 * @throws Error that names the contender and the first probability that is wrong
 */
export function checkAnswer(contender: string, kind: Kind, probabilities: readonly number[]): void {
  const wanted = batchOf(kind).map(({ probability }) => probability);
  const told = `${contender} answers ${kind.id} with`;
  const wrong = wanted.findIndex(
    (probability, index) => !(Math.abs((probabilities[index] ?? NaN) - probability) <= TOLERANCE),
  );
  if (wrong >= 0) {
    throw new Error(
      `${told} ${String(probabilities[wrong])} for patient ${wrong}, not ${String(wanted[wrong])}`,
    );
  }
  if (probabilities.length > wanted.length) {
    throw new Error(`${told} ${probabilities.length} probabilities for ${wanted.length} patients`);
  }
}

/** The probabilities in an answer of `/predict`. */
export function ofPredict({ body }: Answer): number[] {
  const predictions = [JSON.parse(body.toString()) as { probability: number }].flat();
  return predictions.map(({ probability }) => probability);
}

interface Tensor {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data?: readonly number[];
}

/** The probabilities of label 1 in an answer of v2's infer with one output, [N], or [N, 2] with label 0's before. */
export function ofInfer({ headers, body }: Answer): number[] {
  const { 'inference-header-content-length': length } = headers;
  const end = typeof length === 'string' ? Number(length) : body.length;
  const { outputs } = JSON.parse(body.subarray(0, end).toString()) as { outputs: [Tensor] };
  const [{ datatype, shape, data }] = outputs;
  const values = data?.flat() ?? elements(body.subarray(end), datatype);
  return shape[1] === 2 ? values.filter((_, index) => index % 2 === 1) : values;
}

function elements(bytes: Buffer, datatype: string): number[] {
  const size = datatype === 'FP64' ? 8 : 4;
  return Array.from({ length: bytes.length / size }, (_, index) =>
    size === 8 ? bytes.readDoubleLE(index * size) : bytes.readFloatLE(index * size),
  );
}
