import { mkdirSync, rmSync, statSync } from 'node:fs';

/** A lock of this age was left by a process that was killed: the work takes milliseconds. */
const STALE_MS = 10_000;
const RETRY_MS = 5;

/** Runs `work` while no other process holds the lock. Waits for a process that does. */
export function withLock(folder: string, work: () => void): void {
  while (!acquire(folder)) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
  }
  try {
    work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function acquire(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const held = statSync(folder, { throwIfNoEntry: false });
    if (held && Date.now() - held.mtimeMs > STALE_MS) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}
