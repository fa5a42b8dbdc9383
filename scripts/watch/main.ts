import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { watch, type Outcome } from './watch';

const ROOT = path.join(__dirname, '../..');
const SYNTH = path.join(ROOT, 'scripts/synth/run.cjs');

/** The files of dist/, and what is predicted of them. */
function synthesize(): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SYNTH], (error, stdout, stderr) => {
      resolve(
        error
          ? { failure: stderr.trim() || error.message }
          : { texts: { ...filesUnder('dist'), 'what is predicted': stdout } },
      );
    });
  });
}

function filesUnder(folder: string): Record<string, string> {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { context: { type: 'string', default: '3' } } });
  const context = Number(values.context);
  if (!Number.isInteger(context) || context < 0) {
    throw new Error(`--context is ${values.context}, but must be a whole number from 0`);
  }
  const end = new AbortController();
  process.once('SIGINT', () => {
    end.abort();
  });
  await watch({
    folder: ROOT,
    synthesize,
    print: (text) => {
      console.log(text);
    },
    signal: end.signal,
    context,
    colour: process.stdout.isTTY,
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
