import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { InputError, whyNot } from '../../errors/input-error';
import type { Terminal } from '../terminal';
import type { Timeline } from '../../timeline/timeline';

/** Where a recording goes. */
export interface SaveOptions {
  /** @default a name of the workload and the time, in the working directory */
  readonly output: string | undefined;
  readonly json: boolean;
}

const fileOf = (name: string, changedAt = new Date().toISOString()): string =>
  `${name}-${changedAt.replace(/[-:]|\..*/g, '')}.timeline.json`;

/** The file for a recording; none where it is only printed. */
function destination({ output, json }: SaveOptions, name: string, changedAt?: string): string | undefined {
  return output ?? (json ? undefined : fileOf(name, changedAt));
}

/**
 * Makes sure of a recording's file before there is anything to lose. What is in it stays as it is.
 *
 * @throws InputError where it cannot be written
 */
export function checkWritable(name: string, options: SaveOptions): void {
  const file = destination(options, name);
  if (file === undefined) return;
  const existed = existsSync(file);
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new InputError(`cannot write ${file}: ${whyNot(error)}, choose another with --output`);
  }
  if (!existed) rmSync(file);
}

/**
 * Writes a recording. One that cannot be written is printed, as it cannot be made again.
 *
 * @throws Error where it cannot be written
 */
export function save(timeline: Timeline, options: SaveOptions, { stdout, stderr }: Terminal): void {
  const text = `${JSON.stringify(timeline, null, 2)}\n`;
  if (options.json) stdout.write(text);
  const file = destination(options, timeline.workload.name, timeline.cluster?.changedAt);
  if (file === undefined) return;
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!options.json) stdout.write(text);
    throw new Error(`cannot write ${file}: ${whyNot(error)}, the recording is on standard output instead`, {
      cause: error,
    });
  }
  stderr.write(`recorded in ${file}\n`);
}
