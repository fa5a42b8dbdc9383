import { once } from 'node:events';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { ModelFile, ModelSession } from '../model/session';

/** First message of the inference thread: the model runs, or it cannot be used. */
export type Opening = { readonly input: string } | { readonly failed: string };

/** Response to a batch: the probability of each row, or an error. */
export type BatchResult = Float32Array | { readonly failed: string };

interface Pending {
  resolve(probabilities: Float32Array): void;
  reject(error: Error): void;
}

/** The bundle of worker.ts, which lies beside the bundle of main.ts. */
const WORKER = __filename.replace(/\.[jt]s$/, '.worker.js');

/**
 * Loads a model in a thread of its own, so that the event loop stays free while a batch runs.
 *
 * @param onExit called if the thread exits
 * @returns the model; it runs one batch at a time
 * @throws Error if the model cannot be used
 */
export async function startInferenceThread(
  file: ModelFile,
  onExit: (error: Error) => void,
): Promise<Omit<ModelSession, 'close'>> {
  const worker = new Worker(WORKER, { workerData: file, env: SHARE_ENV });
  const input = await opened(worker);
  let pending: Pending | undefined;
  worker.on('message', (result: BatchResult) => {
    if (result instanceof Float32Array) {
      pending?.resolve(result);
    } else {
      pending?.reject(new Error(result.failed));
    }
  });
  worker.once('error', onExit);
  worker.once('exit', (code) => {
    onExit(new Error(`inference thread exited with code ${code}`));
  });
  const run = (rows: Float32Array) =>
    new Promise<Float32Array>((resolve, reject) => {
      pending = { resolve, reject };
      worker.postMessage(rows);
    });
  return { input, run };
}

async function opened(worker: Worker): Promise<string> {
  const exited = once(worker, 'exit').then((): [Opening] => [{ failed: 'the inference thread exited' }]);
  const [opening] = await Promise.race([once(worker, 'message') as Promise<[Opening]>, exited]);
  if ('failed' in opening) {
    throw new Error(opening.failed);
  }
  return opening.input;
}
