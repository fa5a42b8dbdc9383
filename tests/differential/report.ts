import { createHash } from 'node:crypto';
import { markdownTable } from '../kit/markdown';
import type { Selection } from './cases';
import type { Case } from './draws';
import { grounds, type Calibration, type GroundName } from './grounds';
import { TOLERANCE_SECONDS } from './measures';
import type { Disagreement, Row, Share } from './tally';
import type { TimeRow } from './times';

/** How the rival fared. */
export interface RivalSummary {
  /** Name and version of its package. */
  readonly name: string;
  /** Median seconds of one prediction, without the start of its process. */
  readonly seconds: number;
  /** Cases that it could not predict. */
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

/** The results of a differential run. */
export interface Summary {
  readonly ground: GroundName;
  readonly serverVersion: string;
  readonly selection: Selection;
  /** Digest of the selected cases. */
  readonly digest: string;
  /** Number of cases that were recorded. */
  readonly cases: number;
  readonly runsEach: number;
  readonly measuredAs: Calibration;
  readonly rows: readonly Row[];
  /** @default - the run did not measure times */
  readonly times?: readonly TimeRow[];
  /** Median seconds of one prediction. @default - the run did not measure its speed */
  readonly seconds?: number;
  /** @default - the rival did not run */
  readonly rival?: RivalSummary;
  /** @default - the run did not examine its disagreements */
  readonly disagreements?: readonly Disagreement[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

/** Returns the SHA-256 digest of cases in hexadecimal. */
export const digestCases = (cases: readonly Case[]): string =>
  createHash('sha256').update(JSON.stringify(cases)).digest('hex');

const getPercent = ({ same, of }: Share): string => `${((100 * same) / of).toFixed(1)} %`;

const formatShare = (share: Share): string =>
  `${share.same} of ${share.of}${share.of > 0 ? ` (${getPercent(share)})` : ''}`;

const formatMs = (seconds: number): string => `${Math.round(seconds * 1000)} ms`;

function describeUnlike({ rows, disagreements }: Summary): string[] {
  const unlike = rows.filter((row) => row.unlike.length > 0);
  if (unlike.length === 0)
    return ['In every case the prediction agrees with a rollout, or the rollouts disagree.'];
  const heading = 'Cases in which the rollouts agree with each other, and the prediction with none of them:';
  if (!disagreements) {
    const table = unlike.map((row) => [row.measure, row.unlike.join(', ')]);
    return [heading, '', markdownTable(['measure', 'cases'], table)];
  }
  const table = disagreements.map(({ name, measure, differs, otherDraws: { same, of } }) => [
    name,
    measure,
    differs,
    `${same} of ${of}`,
  ]);
  return [
    heading,
    '',
    markdownTable(['case', 'measure', 'difference', 'seeds that agree'], table),
    '',
    'The last column counts predictions with other seeds that agree with a rollout. With some, the case has several',
    'possible orders of events; with none, the simulation lacks something.',
  ];
}

const formatError = (seconds: number | null | undefined): string =>
  typeof seconds === 'number' ? `${seconds.toFixed(2)} s` : '–';

/** Returns the table of all measures: shares that agree, then median errors. */
function createTable({ rows, times = [], rival }: Summary): string {
  const head = [
    'measure',
    'one run against another',
    'prediction against one run',
    'prediction against the nearer run',
  ];
  const shares = rows.map((row) => [
    row.measure,
    ...[row.real, row.predicted, row.oneAtLeast].map(formatShare),
    ...(rival ? [row.rival ? formatShare(row.rival) : '–'] : []),
  ]);
  const errors = times.map((row) => [
    `${row.time}, median error`,
    ...[row.real, row.predicted, row.nearer].map(formatError),
    ...(rival ? [formatError(row.rival)] : []),
  ]);
  return markdownTable(
    [...head, ...(rival ? [`${rival.name} against one run`] : [])],
    [...shares, ...errors],
  );
}

function describeSpeed({ seconds, rival }: Summary): string[] {
  if (seconds === undefined) return [];
  const ours = `One prediction takes ${formatMs(seconds)} in the median`;
  if (!rival) return ['', `${ours}.`];
  const failed = rival.failed.map(({ name, error }) => `- ${name}: ${error}`);
  return [
    '',
    `${ours}, one of ${rival.name} ${formatMs(rival.seconds)} without the start of its process.`,
    ...(failed.length > 0 ? ['', `Cases that ${rival.name} could not predict:`, '', ...failed] : []),
  ];
}

/** Returns the Markdown page of a differential run. */
export function createPage(summary: Summary): string {
  const { ground, serverVersion, selection, cases, runsEach, measuredAs, failed } = summary;
  const { timings, jitter } = measuredAs;
  return [
    `# ${grounds[ground].title}`,
    '',
    `${cases} random cases of seed ${selection.seed}, each rolled out ${runsEach} times on Kubernetes ${serverVersion} and predicted once.`,
    `Times are the same within ${TOLERANCE_SECONDS} s: a probe period and a second.`,
    `Latencies measured before, on other cases: write ${formatMs(timings.write)}, pod start ${formatMs(timings.containerStart)}, pod end ${formatMs(timings.cleanup)}, jitter ${jitter.toFixed(2)} (sigma of the logarithm).`,
    '',
    createTable(summary),
    ...describeSpeed(summary),
    '',
    ...describeUnlike(summary),
    ...(failed.length > 0 ? ['', 'Cases that failed:', ''] : []),
    ...failed.map(({ name, error }) => `- ${name}: ${error}`),
    '',
  ].join('\n');
}

/** Returns a table of several runs side by side. */
export function createOverview(
  runs: readonly { readonly name: string; readonly summary: Summary }[],
): string {
  const head = runs.flatMap(({ name }) => [`${name}: two rollouts`, `${name}: prediction`]);
  const measures = runs[0]?.summary.rows.map(({ measure }) => measure) ?? [];
  const rows = measures.map((measure, index) => [
    measure,
    ...runs.flatMap(({ summary }) => {
      const row = summary.rows[index];
      return row ? [getPercent(row.real), getPercent(row.predicted)] : [];
    }),
  ]);
  return markdownTable(['', ...head], rows);
}
