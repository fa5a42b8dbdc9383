import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { InputError } from '../../errors/input-error.ts';
import { fileErrorReason } from '../../errors/reason.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import type { Terminal } from '../terminal.ts';

/** Where to save a recording. */
export interface SaveOptions {
  /** Path of the file. @default the workload's name and the time, in the working directory; none with `json` */
  readonly output: string | undefined;
  /** Whether to write to standard output too. */
  readonly json: boolean;
}

/** Returns the file for a recording; undefined if it is only printed. */
function destination(
  { output, json }: SaveOptions,
  name: string,
  changedAt = new Date().toISOString(),
): string | undefined {
  return output ?? (json ? undefined : `${name}-${changedAt.replace(/[-:]|\..*/g, '')}.timeline.json`);
}

/**
 * Checks that the file for a recording can be written, before anything is recorded. A file that exists is
 * not changed.
 *
 * @throws InputError if the file cannot be written
 */
export function checkWritable(name: string, options: SaveOptions): void {
  const file = destination(options, name);
  if (file === undefined) return;
  const existed = existsSync(file);
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new InputError(
      `cannot write ${file}: ${fileErrorReason(error)}, choose another file with --output`,
    );
  }
  if (!existed) rmSync(file);
}

/**
 * Writes a recording to its file. If that fails, prints the recording, because it cannot be repeated.
 *
 * @throws Error if the file cannot be written
 */
export function save(timeline: Timeline, options: SaveOptions, { stdout, stderr }: Terminal): void {
  const json = `${JSON.stringify(timeline, null, 2)}\n`;
  if (options.json) stdout.write(json);
  const file = destination(options, timeline.workload.name, timeline.cluster?.changedAt);
  if (file === undefined) return;
  try {
    writeFileSync(file, json);
  } catch (error) {
    if (!options.json) stdout.write(json);
    throw new Error(
      `cannot write ${file}: ${fileErrorReason(error)}, the recording was printed to standard output instead`,
      { cause: error },
    );
  }
  stderr.write(`recorded in ${file}\n`);
}
