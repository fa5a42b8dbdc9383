import { createInterface } from 'node:readline/promises';
import { InputError } from '../../errors/input-error';
import type { Terminal } from '../terminal';

/**
 * Asks before something is done.
 *
 * @returns whether the answer is yes; Ctrl-C and the end of the input are a no
 * @throws InputError where nobody can be asked
 */
export async function confirm(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  if (!('isTTY' in stdin && stdin.isTTY === true)) {
    throw new InputError(
      'nobody can be asked whether to go on, as standard input is no terminal: give --yes',
    );
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
