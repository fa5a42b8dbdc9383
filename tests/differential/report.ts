import type { Calibration } from './calibrate';
import type { Case } from './cases';
import type { Disagreement } from './explain';
import { TOLERANCE_SECONDS } from './judge';
import type { Row, Share } from './tally';

export interface Summary {
  readonly title: string;
  readonly serverVersion: string;
  readonly seed: number;
  readonly cases: number;
  readonly runsEach: number;
  /** What the predictions know of the cluster. */
  readonly measuredAs: Calibration;
  readonly rows: readonly Row[];
  readonly disagreements: readonly Disagreement[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

const share = ({ same, of }: Share): string =>
  `${same} of ${of}${of > 0 ? ` (${((100 * same) / of).toFixed(1)} %)` : ''}`;

/** The figures of a differential run for people. */
export function markdown({
  title,
  serverVersion,
  seed,
  cases,
  runsEach,
  measuredAs,
  rows,
  disagreements,
  failed,
}: Summary): string {
  const { timings, jitter } = measuredAs;
  const ms = (seconds: number): string => `${Math.round(seconds * 1000)} ms`;
  return [
    `# ${title}`,
    '',
    `${cases} random cases of seed ${seed}, each run ${runsEach} times on Kubernetes ${serverVersion} and predicted once.`,
    `Times are the same within ${TOLERANCE_SECONDS} s: a probe period and a second.`,
    `Measured beforehand, on other cases: a write ${ms(timings.write)}, a pod's start ${ms(timings.containerStart)} and end ${ms(timings.cleanup)}, straying by ${jitter.toFixed(2)} (sigma of their logarithm).`,
    '',
    '| what is compared | two real runs agree | the prediction agrees with a real run | with one of its runs at least |',
    '|---|---|---|---|',
    ...rows.map(
      ({ measure, real, predicted, oneAtLeast }) =>
        `| ${measure} | ${share(real)} | ${share(predicted)} | ${share(oneAtLeast)} |`,
    ),
    '',
    ...apart(disagreements),
    ...(failed.length > 0 ? ['', 'Cases that could not be run:', ''] : []),
    ...failed.map(({ name, error }) => `- ${name}: ${error}`),
    '',
  ].join('\n');
}

function apart(disagreements: readonly Disagreement[]): string[] {
  if (disagreements.length === 0) {
    return [
      'No case has real runs that agree with each other, and a prediction that agrees with none of them.',
    ];
  }
  return [
    'Cases whose real runs agree with each other and the prediction with none of them. The last column draws the',
    'same latencies anew: where some draws end as the real runs did, the two are orders of what is known to happen.',
    '',
    '| case | what differs | as | draws that agree |',
    '|---|---|---|---|',
    ...disagreements.map(
      ({ name, measure, differs, otherDraws: { same, of } }) =>
        `| ${name} | ${measure} | ${differs} | ${same} of ${of} |`,
    ),
  ];
}

/** A case as a line of JSON, to run it again by hand. */
export const told = ({ manifest, requests }: Case): string => JSON.stringify({ manifest, requests });
