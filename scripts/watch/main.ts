import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { watch, type Outcome } from './watch';

const ROOT = path.join(__dirname, '../..');
const SYNTH = path.join(ROOT, 'scripts/synth/run.cjs');

/** Runs `npm run synth` and reads what it wrote: the files of dist/ and the table of predictions. */
function synthesize(): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SYNTH], (error, stdout, stderr) => {
      resolve(
        error
          ? { failure: stderr.trim() || error.message }
          : { files: { ...filesUnder('dist'), predictions: stdout } },
      );
    });
  });
}

/** Returns all files under a folder of the project, by their paths relative to the project. */
function filesUnder(folder: string): Record<string, string> {
  const absolute = path.join(ROOT, folder);
  const entries = existsSync(absolute) ? readdirSync(absolute, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(ROOT, file), readFileSync(file, 'utf8')]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { context: { type: 'string', default: '3' } } });
  const context = Number(values.context);
  if (!/^\d+$/.test(values.context)) {
    throw new Error(`--context is ${JSON.stringify(values.context)}, but must be an integer of at least 0`);
  }
  const end = new AbortController();
  process.once('SIGINT', () => {
    end.abort();
  });
  await watch({
    folder: ROOT,
    synthesize,
    print: (block) => {
      console.log(block);
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
