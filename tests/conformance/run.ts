import path from 'node:path';
import { InstallError } from '../../scripts/tools/install';
import { python } from '../../scripts/tools/python';
import { run, type Ended } from '../../scripts/tools/run';

const FOLDER = path.join(__dirname, '../../packages/conformance');

/** Makes the suite's Python environment, unless it is there already. @returns its python */
export function clients(): Promise<string> {
  return python(path.join(FOLDER, 'requirements.txt'), { oldest: [3, 11], newest: [3, 13] });
}

/** Runs the suite with the arguments of its command line, and hands on what it prints. */
export async function conformance(args: readonly string[], print: (text: string) => void): Promise<Ended> {
  return run(await clients(), [path.join(FOLDER, 'oip'), ...args], { print });
}

if (require.main === module) {
  conformance(process.argv.slice(2), (text) => process.stdout.write(text)).then(
    ({ code }) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof InstallError ? error.message : error);
      process.exitCode = 1;
    },
  );
}
