import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// Otherwise ONNX Runtime sends telemetry: https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
process.env['ORT_DISABLE_TELEMETRY'] = '1';

/** A model to load. */
export interface ModelFile {
  readonly path: string;
  /** Expected SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** Expected number of features. */
  readonly columns: number;
  /** Threads for one inference. */
  readonly threads: number;
}

/** A loaded model. */
export interface ModelSession {
  /** Name of the model's only input. */
  readonly input: string;
  /**
   * Returns the probability of label 1 for each row.
   *
   * @param rows features, row after row
   */
  readonly run: (rows: Float32Array) => Promise<Float32Array>;
  /** Releases its memory. */
  readonly close: () => Promise<void>;
}

/**
 * Loads an ONNX file and runs it once. ONNX Runtime computes on the calling thread.
 *
 * @throws Error if the file is missing or damaged, or the model does not accept such rows
 */
export async function openSession({ path, sha256, columns, threads }: ModelFile): Promise<ModelSession> {
  // Synchronous: an asynchronous read would start libuv's thread pool, which keeps its memory.
  const onnx = readFileSync(path);
  checkDigest(onnx, sha256);
  const session = await InferenceSession.create(onnx, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // A spinning idle thread would use up the container's CPU limit.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const input = inputFor(session, columns);
  const run = (rows: Float32Array) => probabilities(session, input, columns, rows);
  await run(new Float32Array(columns));
  return { input, run, close: () => session.release() };
}

function checkDigest(onnx: Buffer, sha256: string): void {
  const digest = createHash('sha256').update(onnx).digest('hex');
  if (digest !== sha256) {
    throw new Error(`its SHA-256 is ${digest}, but its .json file expects ${sha256}`);
  }
}

/** Returns the name of the model's only input, a float tensor [N, columns]. */
function inputFor({ inputMetadata, outputNames }: InferenceSession, columns: number): string {
  const [input, ...others] = inputMetadata;
  const wanted = `one float32 input [N, ${columns}] and an output "probabilities"`;
  if (
    !input?.isTensor ||
    others.length > 0 ||
    input.type !== 'float32' ||
    input.shape.length !== 2 ||
    typeof input.shape[0] !== 'string' ||
    input.shape[1] !== columns ||
    !outputNames.includes('probabilities')
  ) {
    const found = inputMetadata.map((one) =>
      one.isTensor ? `${one.type} [${one.shape.join(', ')}]` : one.name,
    );
    throw new Error(
      `it must have ${wanted}, not inputs ${found.join(', ')} and outputs ${outputNames.join(', ')}`,
    );
  }
  return input.name;
}

async function probabilities(
  session: InferenceSession,
  input: string,
  columns: number,
  rows: Float32Array,
): Promise<Float32Array> {
  const count = rows.length / columns;
  const output = await session.run({ [input]: new Tensor('float32', rows, [count, columns]) }, [
    'probabilities',
  ]);
  const data = output['probabilities']?.data;
  if (!(data instanceof Float32Array) || data.length !== 2 * count) {
    throw new Error('its output "probabilities" must be float32 [N, 2]');
  }
  const ofLabel1 = new Float32Array(count);
  for (let row = 0; row < count; row += 1) {
    ofLabel1[row] = data[2 * row + 1] ?? NaN;
  }
  return ofLabel1;
}
