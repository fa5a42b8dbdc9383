import { openSession, type ModelFile, type ModelSession } from '../model/session';
import { startInferenceThread } from './thread';

/** As long may one inference keep the event loop from answering anything else. */
const MOST_BLOCKING_MS = 5;

export interface OpenOptions {
  /** Whether inference gets a thread of its own; auto: if it would keep the event loop too long. */
  readonly inferenceThread: 'auto' | 'always' | 'never';
  /** Rows of the largest batch. */
  readonly maxBatchSize: number;
  /** Told if the thread ends. */
  readonly died: (error: Error) => void;
}

/** A model that is open, and where it runs. */
export interface OpenModel extends Omit<ModelSession, 'close'> {
  readonly threaded: boolean;
}

/**
 * Opens a model where it starves nobody: on the event loop if its largest batch is over in no time, as a thread
 * costs memory; otherwise on a thread of its own.
 *
 * @throws Error that says why the model cannot run
 */
export async function openModel(file: ModelFile, options: OpenOptions): Promise<OpenModel> {
  const { inferenceThread, maxBatchSize, died } = options;
  if (inferenceThread !== 'always') {
    const session = await openSession(file);
    if (inferenceThread === 'never' || (await isQuick(session, file.columns, maxBatchSize))) {
      return { ...session, threaded: false };
    }
    await session.close();
  }
  return { ...(await startInferenceThread(file, died)), threaded: true };
}

/** Tries batches of 1 row, 32 … up to the largest, and stops at the first that takes too long. */
async function isQuick(session: ModelSession, columns: number, mostRows: number): Promise<boolean> {
  for (let rows = 1; ; rows = Math.min(rows * 32, mostRows)) {
    if (!(await isOnceQuick(() => session.run(new Float32Array(rows * columns))))) {
      return false;
    }
    if (rows === mostRows) {
      return true;
    }
  }
}

/**
 * Of a few runs the quickest counts, and of wall clock and CPU time the lesser: the one is more on a machine that is
 * busy, the other where an inference has several threads.
 */
async function isOnceQuick(run: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    await run();
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    if (Math.min(elapsed, (user + system) / 1000) <= MOST_BLOCKING_MS) {
      return true;
    }
  }
  return false;
}
