import { check, findings, type Verdict } from '../situations/check.ts';
import { wrap } from '../situations/describe.ts';
import { findRestTime, formatSeconds, sinceChange } from '../situations/situation.ts';
import { fewestOf, livePods, mostOf, readyPods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** Situations that are named when they hold in some draw. */
const good = ['blue-green', 'rolling', 'recreate', 'kept', 'mixed-end'];
/** Situations that are named when they do not hold in all draws. */
const expected = ['no-outage', 'no-lost-requests', 'answering', 'within-budget', 'crash-free'];

function describeSituation({ expect, outcome, draws }: Verdict): string[] {
  if (outcome === 'race' && [...good, ...expected].includes(expect))
    return [`${expect} in ${draws?.held} of ${draws?.of} draws`];
  const holds = outcome === 'always' || outcome === 'held';
  if (expect === 'no-outage') return [holds ? 'no outage' : 'an outage'];
  if (expected.includes(expect)) return holds ? [] : [`not ${expect}`];
  return good.includes(expect) && holds ? [expect] : [];
}

/** Describes a situation that is asked for. */
const describeExpected = ({ expect, outcome, draws }: Verdict): string =>
  outcome === 'race' ? `race ${expect} in ${draws?.held} of ${draws?.of} draws` : `${outcome} ${expect}`;

/** Most lines about what is not predicted. */
const MOST_LEFT_OUT = 12;

const nameOf = ({ workload: { namespace, kind, name } }: Timeline): string =>
  [...(namespace === undefined ? [] : [namespace]), kind, name].join('/');

/** Returns the situations that matter, or those that are asked for. */
function describeSituations(timeline: Timeline, asked: readonly string[] | undefined): string {
  if (asked) return asked.map((expect) => describeExpected(check(timeline, expect))).join(', ');
  // A budget is no question for a workload that has none.
  const hasBudget = timeline.workload.maxSurge !== undefined;
  return findings(timeline)
    .filter(({ expect }) => expect !== 'within-budget' || hasBudget)
    .flatMap(describeSituation)
    .join(', ');
}

/** Describes one workload: its name, when it is at rest, its pods, and the situations that matter. */
function describeRow(timeline: Timeline, asked: readonly string[] | undefined): string[] {
  const { end, changes } = timeline;
  const samples = sinceChange(timeline);
  const rest =
    end.reason === 'settled'
      ? `settled at ${formatSeconds(findRestTime(timeline))}`
      : `not settled by ${formatSeconds(end.at)}`;
  const pods = `at least ${fewestOf(samples, readyPods)} ready, at most ${mostOf(samples, livePods)} live pods`;
  const change = changes.map(({ description }) => description).join('; then ');
  return [
    ...wrap(`${nameOf(timeline)}: ${change}`, 4),
    ...wrap(`  ${rest}, ${pods}; ${describeSituations(timeline, asked)}`, 4),
    ...(end.message === undefined ? [] : wrap(`  ${end.message}`, 4)),
  ];
}

/**
 * Returns lines for a terminal: each workload, and what is not predicted.
 *
 * @param asked names of situations @default those that matter
 */
export function describeSeveral(
  timelines: readonly Timeline[],
  notPredicted: readonly string[],
  asked?: readonly string[],
): string[] {
  const [first] = timelines;
  const draws = first?.prediction?.draws?.count;
  const name = first ? nameOf(first) : '';
  return [
    ...(first
      ? [
          ...wrap(
            `${timelines.length} workload${timelines.length === 1 ? '' : 's'}, ${draws ?? 1} draws each; --name ${name} shows one`,
            2,
          ),
          '',
        ]
      : ['No workload changes.']),
    ...timelines.flatMap((each) => describeRow(each, asked)),
    ...(notPredicted.length > 0
      ? [
          '',
          'Not predicted:',
          ...notPredicted.slice(0, MOST_LEFT_OUT).flatMap((each) => wrap(`  ${each}`, 4)),
          ...(notPredicted.length > MOST_LEFT_OUT
            ? [`  and ${notPredicted.length - MOST_LEFT_OUT} more`]
            : []),
        ]
      : []),
  ];
}
