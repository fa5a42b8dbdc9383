import { once } from 'node:events';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { ModelFile, ModelSession } from '../model/session';
import type { BatchResult, Opening } from './messages';

interface Running {
  resolve(probabilities: Float32Array): void;
  reject(error: Error): void;
}

/** Beside the bundle and named after it; see bundle.cjs. */
const WORKER = __filename.replace(/\.[jt]s$/, '.worker.js');

/**
 * Loads a model on a thread of its own, so that the event loop answers while a batch runs.
 *
 * @param died told if the thread ends
 * @returns the model, which runs one batch at a time
 * @throws Error that says why the model cannot run
 */
export async function startInferenceThread(
  file: ModelFile,
  died: (error: Error) => void,
): Promise<Omit<ModelSession, 'close'>> {
  const worker = new Worker(WORKER, { workerData: file, env: SHARE_ENV });
  const input = await opened(worker);
  let running: Running | undefined;
  worker.on('message', (result: BatchResult) => {
    if (result instanceof Float32Array) {
      running?.resolve(result);
    } else {
      running?.reject(new Error(result.broken));
    }
  });
  worker.once('error', died);
  worker.once('exit', (code) => {
    died(new Error(`it ended with code ${code}`));
  });
  const run = (rows: Float32Array) =>
    new Promise<Float32Array>((resolve, reject) => {
      running = { resolve, reject };
      worker.postMessage(rows);
    });
  return { input, run };
}

async function opened(worker: Worker): Promise<string> {
  const ended = once(worker, 'exit').then((): [Opening] => [{ unfit: 'the inference thread ended' }]);
  const [opening] = await Promise.race([once(worker, 'message') as Promise<[Opening]>, ended]);
  if ('unfit' in opening) {
    throw new Error(opening.unfit);
  }
  return opening.input;
}
