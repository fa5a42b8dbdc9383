import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { InputError, whyNot } from '../errors/input-error';

/** What a script can tell from the exit code. */
export const exitCodes = { ok: 0, verdictNo: 1, badInput: 2, failed: 3 } as const;

/** The edge that a command works through; a test gives its own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** A command that ran, but whose verdict is no, sets this. @default 0 */
  exitCode: number;
}

/**
 * The text of a file, or of standard input for `-`.
 *
 * @throws InputError where it cannot be read
 */
export async function readInput(file: string, { stdin }: Pick<Terminal, 'stdin'>): Promise<string> {
  if (file === '-') return text(stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${whyNot(error)}`);
  }
}

/** @throws InputError where the file cannot be written */
export function writeOutput(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new InputError(`cannot write ${file}: ${whyNot(error)}`);
  }
}
