import { check, compare, type Comparison, type Timeline } from '../../packages/rollout/src';
import { judge, TOLERANCE_SECONDS, type Measure } from './judge';
import type { Outcome, Row, Share } from './tally';

/** A case whose real runs agree with each other, and the prediction with none of them. */
export interface Disagreement {
  readonly name: string;
  readonly measure: Measure;
  /** What differs, as predicted and as recorded. */
  readonly differs: string;
  /**
   * Of predictions with other draws of the same latencies, how many agree with a real run. Where some do, the
   * prediction knows what happened and took another order of it; where none does, it does not know it.
   */
  readonly otherDraws: Share;
}

/** So many other draws tell what is rare from what is never predicted. */
const DRAWS = 60;

/** What is unlike in a tally of outcomes, one by one. */
export function disagreements(outcomes: readonly Outcome[], rows: readonly Row[]): Disagreement[] {
  return outcomes.flatMap((outcome) => {
    const unlike = rows.filter((row) => row.unlike.includes(outcome.name));
    const draws = unlike.length > 0 ? Array.from({ length: DRAWS }, (_, n) => outcome.drawnAgain(n + 2)) : [];
    return unlike.map(({ measure }) => disagreement(outcome, measure, draws));
  });
}

function disagreement(
  { name, predicted, runs }: Outcome,
  measure: Measure,
  draws: readonly Timeline[],
): Disagreement {
  const [run] = runs;
  const differs = run ? differing[measure](compared(predicted, run), predicted, run) : '';
  const same = draws.filter((draw) => runs.some((one) => judge(draw, one)[measure])).length;
  return { name, measure, differs, otherDraws: { same, of: draws.length } };
}

const compared = (predicted: Timeline, run: Timeline): Comparison =>
  compare(predicted, run, { toleranceSeconds: TOLERANCE_SECONDS });

type Shown = (comparison: Comparison, predicted: Timeline, run: Timeline) => string;

const extreme =
  (wanted: string): Shown =>
  ({ extremes }) =>
    extremes
      .filter(({ name }) => name === wanted)
      .map(({ a, b }) => `${a} predicted, ${b} recorded`)
      .join();

const seconds = (at: number | null): string => (at === null ? 'never' : `${at.toFixed(1)} s`);

const path =
  (which: 'path' | 'plateaus'): Shown =>
  (comparison) => {
    const { a, b } = comparison[which];
    const from = a.findIndex(([old, now], index) => b[index]?.[0] !== old || b[index][1] !== now);
    const at = from < 0 ? a.length : from;
    const part = (steps: typeof a): string => steps.slice(Math.max(0, at - 1), at + 3).map((step) => step.join('+')).join(' '); // prettier-ignore
    return `old+new from step ${at + 1}: ${part(a)} predicted, ${part(b)} recorded`;
  };

const differing: Record<Measure, Shown> = {
  'same end state': ({ end }) => `${end.a} predicted, ${end.b} recorded`,
  'outage or none': (_, predicted, run) =>
    `${check(predicted, 'no-outage').because} predicted, ${check(run, 'no-outage').because} recorded`,
  'fewest ready pods': extreme('fewestReadyPods'),
  'pods created': extreme('podsCreated'),
  'situation flags': ({ situations }) =>
    situations
      .filter(({ same }) => !same)
      .map(({ name, b }) => `${name} ${b ? 'only recorded' : 'only predicted'}`)
      .join(', '),
  'most pods': extreme('mostPods'),
  'most live pods': extreme('mostLivePods'),
  times: ({ milestones }) =>
    milestones
      .filter(({ same }) => !same)
      .map(({ name, a, b }) => `${name} ${seconds(a)} predicted, ${seconds(b)} recorded`)
      .join(', '),
  'lasting steps': path('plateaus'),
  'whole count path': path('path'),
};
