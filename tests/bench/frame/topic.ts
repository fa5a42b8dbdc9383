import type { Spec } from 'vega' with { 'resolution-mode': 'import' };

/** What one run of a contender is measured by. */
export interface Measure {
  readonly id: string;
  readonly title: string;
  /** As it is to be read: `ms`, `MiB`, `requests/s`; empty for a count. */
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** A measure's title as a heading. */
export const withUnit = ({ title, unit }: Measure): string => (unit === '' ? title : `${title}, ${unit}`);

/** What one run measured: a value for each measure's id. */
export type Run = Readonly<Record<string, number>>;

/** One of those that are compared. */
export interface Contender {
  readonly name: string;
  /** Whether it is this project's. @default false */
  readonly ours?: boolean;
  /**
   * One run.
   *
   * @param signal aborted when the bound of the comparison is reached: hand it to the process that is waited for
   */
  readonly measure: (signal: AbortSignal) => Promise<Run>;
}

/** A contender's runs, in the order of their rounds: run i of all contenders was made in round i. */
export interface Row {
  readonly name: string;
  readonly ours: boolean;
  readonly runs: readonly Run[];
  /** Why it has no runs. */
  readonly absent?: string;
}

/** Contenders side by side, measured in turn on one machine. */
export interface Comparison {
  /** Part of the picture's file name. */
  readonly id: string;
  readonly title: string;
  /** What a reader must know to judge it, as Markdown. */
  readonly note?: string;
  readonly measures: readonly Measure[];
  /** Whom ratios are given to. */
  readonly base: string;
  readonly rows: readonly Row[];
}

/** The middle of some values, and how far they reach. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Something that was set out to be reached, and what was measured of it. */
export interface Aim {
  /** In words, without the limit. */
  readonly what: string;
  /** `×` for ratios. */
  readonly unit: string;
  /** The median is to be at most this (`lower`) or at least this (`higher`). */
  readonly limit: number;
  readonly better: 'lower' | 'higher';
  readonly measured: Spread;
  /** What stands in the way when it is not met, or what is to be known when it is. */
  readonly because?: string;
}

export interface Measured {
  readonly comparisons: readonly Comparison[];
  /** Version of each program and library that took part. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What one command measures: `npm run bench -- ID`. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  /** How it is measured, as Markdown. */
  readonly method: string;
  readonly measure: () => Promise<Measured>;
  /** The aims, judged by the results alone, so that the report can be made anew from the saved ones. */
  readonly aims: (comparisons: readonly Comparison[]) => readonly Aim[];
  /**
   * Pictures by the end of their file name, in the order of the report.
   *
   * @default - one for each comparison, of all of its runs
   */
  readonly pictures?: (comparisons: readonly Comparison[]) => Readonly<Record<string, Spec>>;
}
