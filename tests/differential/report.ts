import { createHash } from 'node:crypto';
import { markdownTable } from '../kit/markdown';
import type { Case, Selection } from './cases';
import { grounds, type Calibration, type GroundName } from './grounds';
import { TOLERANCE_SECONDS } from './measures';
import type { Disagreement, Row, Share } from './tally';

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

/** Returns the Markdown page of a differential run. */
export function createPage(summary: Summary): string {
  const { ground, serverVersion, selection, cases, runsEach, measuredAs, rows, failed } = summary;
  const { timings, jitter } = measuredAs;
  const table = rows.map(({ measure, real, predicted, oneAtLeast }) => [
    measure,
    ...[real, predicted, oneAtLeast].map(formatShare),
  ]);
  return [
    `# ${grounds[ground].title}`,
    '',
    `${cases} random cases of seed ${selection.seed}, each rolled out ${runsEach} times on Kubernetes ${serverVersion} and predicted once.`,
    `Times are the same within ${TOLERANCE_SECONDS} s: a probe period and a second.`,
    `Latencies measured before, on other cases: write ${formatMs(timings.write)}, pod start ${formatMs(timings.containerStart)}, pod end ${formatMs(timings.cleanup)}, jitter ${jitter.toFixed(2)} (sigma of the logarithm).`,
    '',
    markdownTable(
      [
        'measure',
        'two rollouts agree',
        'prediction and rollout agree',
        'prediction and at least one rollout agree',
      ],
      table,
    ),
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
