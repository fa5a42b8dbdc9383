import { parentPort, workerData } from 'node:worker_threads';
import { openSession, type ModelFile, type ModelSession } from '../model/session';
import type { BatchResult, Opening } from './thread';

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Runs in the inference thread: opens the model of `workerData`, then infers one batch after another. */
async function serve(): Promise<void> {
  let session: ModelSession;
  try {
    session = await openSession(workerData as ModelFile);
  } catch (error) {
    parentPort?.postMessage({ failed: message(error) } satisfies Opening);
    return;
  }
  parentPort?.on('message', (rows: Float32Array) => {
    session.run(rows).then(answer, (error: unknown) => {
      answer({ failed: message(error) });
    });
  });
  parentPort?.postMessage({ input: session.input } satisfies Opening);
}

function answer(result: BatchResult): void {
  parentPort?.postMessage(result);
}

void serve();
