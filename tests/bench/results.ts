import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { ROOT } from '../kit/dist';

const FILE = path.join(ROOT, 'docs/benchmarks.json');

/** Minimum, median and maximum of the runs. */
export type Spread = readonly [min: number, median: number, max: number];

/** A contender and its measured values. */
export interface Row {
  readonly name: string;
  /** Whether the contender belongs to this project. @default false */
  readonly ours?: boolean;
  /** By the measure's id. A measure that does not apply is left out. */
  readonly values: Readonly<Record<string, Spread>>;
  /** Reason why there are no values. */
  readonly absent?: string;
}

/** Contenders that were measured on one machine in one run. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** Markdown that a reader needs to judge the figures. */
  readonly note?: string;
  /** Title and unit of each measure, by its id. */
  readonly measures: Readonly<Record<string, string>>;
  /** Runs of each contender. */
  readonly rounds: number;
  /** Name of the row that ratios refer to. @default - no ratios */
  readonly base?: string;
  readonly rows: readonly Row[];
}

/** What one run of `npm run bench -- TOPIC` measured. */
export interface Result {
  /** Day of the run, as YYYY-MM-DD. */
  readonly day: string;
  readonly machine: string;
  /** Version of each program and library that took part. */
  readonly versions: Readonly<Record<string, string>>;
  readonly comparisons: readonly Comparison[];
}

/** A row of the table of aims: what is measured, its limit, the figure, whether it is met, and an explanation. */
export type Aim = readonly [what: string, limit: string, measured: string, isMet: string, because: string];

/** A group of comparisons with its aims. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  /** How it is measured, as Markdown. */
  readonly method: string;
  readonly measure: () => Promise<Pick<Result, 'comparisons' | 'versions'>>;
  /** Judges the figures of a result, which may be a committed one. */
  readonly aims: (figures: Figures) => readonly Aim[];
}

/** All committed results, by the topic's id. */
export type Results = Readonly<Record<string, Result>>;

const NUMBER = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 3,
  maximumFractionDigits: 0,
  roundingPriority: 'morePrecision',
});

/** Returns a number with three significant digits and no exponent. */
export const figure = (value: number): string => NUMBER.format(value);

const aim =
  (bound: string, isMet: (measured: number, limit: number) => boolean) =>
  (limit: number, unit: string, what: string, measured: number, because = ''): Aim => [
    what,
    `${bound} ${figure(limit)} ${unit}`,
    `${figure(measured)} ${unit}`,
    isMet(measured, limit) ? 'yes' : '**no**',
    because,
  ];

/** Returns an aim with a maximum. Its unit is `×` for a ratio. */
export const atMost = aim('at most', (measured, limit) => measured <= limit);

/** Returns an aim with a minimum. Its unit is `×` for a ratio. */
export const atLeast = aim('at least', (measured, limit) => measured >= limit);

/** Reads figures of a result. A figure's address is `COMPARISON.MEASURE` and the contender's name. */
export class Figures {
  constructor(readonly comparisons: readonly Comparison[]) {}

  /** @throws Error if there is no such figure */
  median(address: string, name: string): number {
    const [id, measure = ''] = address.split('.');
    const rows = this.comparisons.find((each) => each.id === id)?.rows;
    const value = rows?.find((row) => row.name === name)?.values[measure];
    if (!value) throw new Error(`there is no ${address} of ${name}`);
    return value[1];
  }

  /** Returns the ratio of two contenders' medians. */
  ratio(address: string, name: string, base: string): number {
    return this.median(address, name) / this.median(address, base);
  }
}

/** Returns the committed results, from `docs/benchmarks.json`. */
export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Results;
}

/** Writes `docs/benchmarks.json`, with numbers of 5 digits. */
export async function writeResults(results: Results): Promise<void> {
  const json = JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value,
  );
  writeFileSync(FILE, await format(json, { parser: 'json', printWidth: 110 }));
}

/** Returns the processor, memory, system and Node.js version of this machine. */
export function thisMachine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${os.availableParallelism()} cores of ${cpu}, ${memory} GiB, ${os.type()} ${os.release()}, Node.js ${process.versions.node}`;
}

/** Returns minimum, median and maximum; NaN if there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return [at(0), (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, at(sorted.length - 1)];
}
