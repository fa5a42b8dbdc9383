import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { InputError } from '../errors/input-error.ts';
import { fileErrorReason } from '../errors/reason.ts';

/** The exit codes of every command. */
export const exitCodes = { ok: 0, verdictNo: 1, badInput: 2, failed: 3 } as const;

/** The streams and the exit code of a process. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Set by a command that ran but whose verdict is no. @default 0 */
  exitCode: number;
}

/** Returns the name of an input file for error messages. */
export const originOf = (file: string): string => (file === '-' ? 'standard input' : file);

/**
 * Reads a file, or standard input for `-`.
 *
 * @throws InputError if the file cannot be read
 */
export async function readInput(file: string, { stdin }: Pick<Terminal, 'stdin'>): Promise<string> {
  if (file === '-') return text(stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${fileErrorReason(error)}`);
  }
}

/**
 * Writes a file.
 *
 * @throws InputError if the file cannot be written
 */
export function writeOutput(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new InputError(`cannot write ${file}: ${fileErrorReason(error)}`);
  }
}
