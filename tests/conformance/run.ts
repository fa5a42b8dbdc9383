import path from 'node:path';
import { ROOT } from '../kit/dist';
import { python, runMain } from '../kit/tools';

/** Runs the conformance suite with the arguments of its command line. */
runMain(async () => {
  const suite = path.join(ROOT, 'packages/conformance');
  const args = [path.join(suite, 'oip'), ...process.argv.slice(2)];
  const print = (chunk: string) => process.stdout.write(chunk);
  const { code } = await python(path.join(suite, 'requirements.txt'), args, { print });
  process.exitCode = code;
});
