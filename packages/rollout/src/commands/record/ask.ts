import { createInterface } from 'node:readline/promises';
import { InputError } from '../../errors/input-error.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Asks a question on the terminal.
 *
 * @returns whether the answer is yes; Ctrl-C and the end of the input mean no
 * @throws InputError if standard input is not a terminal
 */
export async function confirm(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  if (!('isTTY' in stdin && stdin.isTTY === true)) {
    throw new InputError('cannot ask for confirmation: standard input is not a terminal (use --yes)');
  }
  const lines = createInterface({ input: stdin, output: stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => { resolve(''); })); // prettier-ignore
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
