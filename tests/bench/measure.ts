import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { ToolError } from '../kit/tools';
import { spreadOf, type Comparison, type Row } from './results';

/** A whole command that is measured from exec to exit. */
export interface Command {
  readonly name: string;
  readonly ours?: boolean;
  /** Run by `/bin/sh` in `folder`. */
  readonly command: string;
  /** Working directory. @default - this repository */
  readonly folder?: string;
  /** Shell command before each run, not measured. @default - nothing */
  readonly prepare?: string;
}

/** How commands are measured. */
export interface HyperfineOptions {
  /** @default 10 */
  readonly rounds?: number;
  /** Runs that do not count. @default 1 */
  readonly warmups?: number;
  /** Unit of the times. @default 'ms' */
  readonly unit?: 'ms' | 's';
  /** Whether to measure peak memory in MiB too, as `memory`. @default false */
  readonly memory?: boolean;
}

/**
 * Measures commands with hyperfine, one after another.
 *
 * @returns a row for each command, with `time` and perhaps `memory`
 * @throws ToolError if hyperfine or GNU time is missing, or a command fails
 */
export async function hyperfine(
  commands: readonly Command[],
  options: HyperfineOptions = {},
): Promise<Row[]> {
  const { rounds = 10, warmups = 1, unit = 'ms', memory = false } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const peaks = commands.map((_, index) => path.join(folder, `memory-${index}`));
  const times = path.join(folder, 'times.json');
  try {
    await output('hyperfine', [
      ...['--style', 'none', '--runs', String(rounds), '--warmup', String(warmups), '--export-json', times],
      ...commands.flatMap(({ prepare = ':' }) => ['--prepare', prepare]),
      ...commands.flatMap(({ name }) => ['--command-name', name]),
      ...commands.map(({ command, folder: cwd = ROOT }, index) =>
        memory
          ? `cd ${cwd} && exec env time --append --output ${peaks[index] ?? ''} --format %M ${command}`
          : `cd ${cwd} && ${command}`,
      ),
    ]).catch((error: unknown) => {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new ToolError(
        missing ? 'hyperfine is not on the PATH: run `apt-get install hyperfine time`' : String(error),
      );
    });
    const { results } = JSON.parse(readFileSync(times, 'utf8')) as { results: { times: number[] }[] };
    return commands.map(({ name, ours = false }, index): Row => {
      const seconds = results[index]?.times ?? [];
      const kib = memory
        ? readFileSync(peaks[index] ?? '', 'utf8')
            .trim()
            .split('\n')
            .slice(warmups)
        : [];
      return {
        name,
        ...(ours && { ours }),
        values: {
          time: spreadOf(seconds.map((value) => (unit === 's' ? value : value * 1000))),
          ...(memory && { memory: spreadOf(kib.map((value) => Number(value) / 1024)) }),
        },
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A contender that measures itself. */
export interface Contender {
  readonly name: string;
  readonly ours?: boolean;
  /** Returns a value for each measure's id. */
  readonly measure: () => Promise<Readonly<Record<string, number>>>;
}

/**
 * Runs the contenders in turn, round by round. Each round begins with another contender, so that
 * none always follows the same one.
 */
export async function inRounds(contenders: readonly Contender[], rounds: number): Promise<Row[]> {
  const runs = contenders.map((): Readonly<Record<string, number>>[] => []);
  for (let round = 0; round < rounds; round++) {
    console.error(`round ${round + 1} of ${rounds}`);
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      runs[index]?.push((await contenders[index]?.measure()) ?? {});
    }
  }
  return contenders.map(({ name, ours = false }, index): Row => {
    const own = runs[index] ?? [];
    const measures = Object.keys(own[0] ?? {});
    return {
      name,
      ...(ours && { ours }),
      values: Object.fromEntries(measures.map((id) => [id, spreadOf(own.map((run) => run[id] ?? NaN))])),
    };
  });
}

/** Returns a comparison of rows that {@link inRounds} measured, 10 times unless said otherwise. */
export async function compared(
  comparison: Omit<Comparison, 'rows' | 'rounds'>,
  contenders: readonly Contender[],
  rounds = 10,
): Promise<Comparison> {
  return { ...comparison, rounds, rows: await inRounds(contenders, rounds) };
}

const CACHE = path.join(ROOT, 'node_modules/.cache/bench');

/** Returns an empty folder in the cache. */
export function scratch(name: string): string {
  const folder = path.join(CACHE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Bundles a TypeScript program, so that loading TypeScript is not measured. Packages stay outside. */
export async function bundled(entry: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = path.join(CACHE, `${path.basename(entry, '.ts')}.js`);
  const external = [
    'cdk8s',
    'cdk8s-plus-27',
    'constructs',
    '@sinclair/typebox',
    'fastify',
    'autocannon',
    'yaml',
  ];
  await build({
    entryPoints: [path.join(__dirname, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    external,
  });
  return outfile;
}

/** Returns the path of a Node.js 24 binary, the version that the image runs. */
export async function node24(): Promise<string> {
  return (
    await output('npx', ['--yes', '--package', 'node@24.21.0', 'node', '-p', 'process.execPath'])
  ).trim();
}

/** Returns the path of a helm, which is installed if the PATH has none. */
export async function installedHelm(): Promise<string> {
  return (await output(path.join(ROOT, 'scripts/tools/helm'), [])).trim();
}
