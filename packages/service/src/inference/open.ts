import { openSession, type ModelFile, type ModelSession } from '../model/session';
import { startInferenceThread } from './thread';

/** Longest time that an inference may block the event loop. */
const MAX_BLOCKING_MS = 5;

export interface OpenOptions {
  /** Whether inference runs in its own thread; auto: only if it would block the event loop too long. */
  readonly inferenceThread: 'auto' | 'always' | 'never';
  /** Rows of the largest batch. */
  readonly maxBatchSize: number;
  /** Called if the thread exits. */
  readonly onThreadExit: (error: Error) => void;
}

/** An open model. */
interface OpenModel extends Omit<ModelSession, 'close'> {
  /** Whether it runs in its own thread. */
  readonly threaded: boolean;
}

/**
 * Opens a model on the event loop if it is fast, because a thread costs memory; otherwise in a thread of its own.
 *
 * @throws Error if the model cannot be used
 */
export async function openModel(file: ModelFile, options: OpenOptions): Promise<OpenModel> {
  const { inferenceThread, maxBatchSize, onThreadExit } = options;
  if (inferenceThread !== 'always') {
    const session = await openSession(file);
    if (inferenceThread === 'never' || (await isFast(session, file.columns, maxBatchSize))) {
      return { ...session, threaded: false };
    }
    await session.close();
  }
  return { ...(await startInferenceThread(file, onThreadExit)), threaded: true };
}

/** Tries batches of 1, 32, 1024, … rows up to the largest, and stops at the first slow one. */
async function isFast(session: ModelSession, columns: number, maxRows: number): Promise<boolean> {
  for (let rows = 1; ; rows = Math.min(rows * 32, maxRows)) {
    if (!(await isFastOnce(() => session.run(new Float32Array(rows * columns))))) {
      return false;
    }
    if (rows === maxRows) {
      return true;
    }
  }
}

/**
 * Checks the fastest of three runs, by the lower of its wall-clock and CPU times. A busy machine raises wall-clock
 * time; several inference threads raise CPU time.
 */
async function isFastOnce(run: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    await run();
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    if (Math.min(elapsed, (user + system) / 1000) <= MAX_BLOCKING_MS) {
      return true;
    }
  }
  return false;
}
