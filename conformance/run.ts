import { spawn } from 'node:child_process';
import path from 'node:path';
import { python } from './venv';

/** How a run ended, and what it printed. */
export interface Conformance {
  readonly code: number;
  readonly output: string;
}

/** Makes the suite's Python environment, unless it is there already. @returns its python */
export function clients(): string {
  return python(path.join(__dirname, 'requirements.txt'), [3, 11], [3, 13]);
}

/** Runs the suite with the arguments of its command line, and hands on what it prints. */
export function conformance(args: readonly string[], print: (text: string) => void): Promise<Conformance> {
  const child = spawn(clients(), [path.join(__dirname, 'oip'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      print(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

if (require.main === module) {
  void conformance(process.argv.slice(2), (text) => process.stdout.write(text)).then(({ code }) => {
    process.exitCode = code;
  });
}
