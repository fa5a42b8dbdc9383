import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { ToolError } from '../kit/tools';
import { spreadOf, type Comparison, type Row } from './results';

/** Runs of each contender, unless a comparison says otherwise. */
export const ROUNDS = 10;

/** A whole command that is measured from exec to exit. */
export interface Command {
  readonly name: string;
  /** Whether the contender belongs to this project. @default false */
  readonly ours?: boolean;
  /** Run by `/bin/sh` in `folder`. */
  readonly command: string;
  /** Working directory. @default - this repository */
  readonly folder?: string;
  /** Shell command in `folder` before each run, not measured. @default ':' */
  readonly prepare?: string;
}

/** How commands are measured. */
export interface HyperfineOptions {
  /** With fewer than the default no run warms up. @default 10 */
  readonly rounds?: number;
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
  { rounds = ROUNDS, unit = 'ms', memory = false }: HyperfineOptions = {},
): Promise<Row[]> {
  const warmups = rounds < ROUNDS ? 0 : 1;
  const scratchFolder = scratch('hyperfine');
  const report = path.join(scratchFolder, 'report.json');
  await output('hyperfine', [
    ...['--style', 'none', '--runs', String(rounds), '--warmup', String(warmups), '--export-json', report],
    ...commands.flatMap(({ folder = ROOT, prepare = ':' }) => ['--prepare', `cd ${folder} && ${prepare}`]),
    ...commands.map(({ command, folder = ROOT }, index) => {
      const timed = `exec env time --append --output ${scratchFolder}/${index} --format %M ${command}`;
      return `cd ${folder} && ${memory ? timed : command}`;
    }),
  ]).catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ToolError(
      missing ? 'hyperfine is not on the PATH: run `apt-get install hyperfine time`' : String(error),
    );
  });
  const { results } = JSON.parse(readFileSync(report, 'utf8')) as HyperfineReport;
  return results.map(({ times }, index): Row => {
    const { name = '', ours = false } = commands[index] ?? {};
    const time = spreadOf(times.map((seconds) => (unit === 's' ? seconds : seconds * 1000)));
    if (!memory) return { name, ours, values: { time } };
    const peaks = readFileSync(path.join(scratchFolder, String(index)), 'utf8')
      .trim()
      .split('\n');
    const mebibytes = peaks.slice(warmups).map((kibibytes) => Number(kibibytes) / 1024);
    return { name, ours, values: { time, memory: spreadOf(mebibytes) } };
  });
}

interface HyperfineReport {
  /** Seconds. */
  readonly results: readonly { readonly times: readonly number[] }[];
}

/** A contender that measures itself. */
export interface Contender {
  readonly name: string;
  /** Whether the contender belongs to this project. @default false */
  readonly ours?: boolean;
  /** Returns a value for each measure's id. */
  readonly measure: () => Promise<Readonly<Record<string, number>>>;
}

/** Runs the contenders in turn. Each round begins with another contender, so that none always follows the same. */
export async function inRounds(contenders: readonly Contender[]): Promise<Row[]> {
  const runs = new Map(contenders.map(({ name }) => [name, [] as Readonly<Record<string, number>>[]]));
  for (let round = 0; round < ROUNDS; round++) {
    console.error(`round ${round + 1} of ${ROUNDS}`);
    const first = round % contenders.length;
    for (const { name, measure } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      runs.get(name)?.push(await measure());
    }
  }
  return contenders.map(({ name, ours = false }): Row => {
    const own = runs.get(name) ?? [];
    const spread = (id: string) => [id, spreadOf(own.map((run) => run[id] ?? NaN))] as const;
    return { name, ours, values: Object.fromEntries(Object.keys(own[0] ?? {}).map(spread)) };
  });
}

/** Returns a comparison of contenders that measure themselves. */
export async function compared(
  comparison: Omit<Comparison, 'rows' | 'rounds'>,
  contenders: readonly Contender[],
): Promise<Comparison> {
  return { ...comparison, rounds: ROUNDS, rows: await inRounds(contenders) };
}

/** Returns an empty folder in the cache. */
export function scratch(name: string): string {
  const folder = path.join(ROOT, 'node_modules/.cache/bench', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Returns the path of a Node.js 24 binary, the version that the image runs. */
export async function node24(): Promise<string> {
  const npx = ['--yes', '--package', 'node@24.21.0', 'node', '-p', 'process.execPath'];
  return (await output('npx', npx)).trim();
}
