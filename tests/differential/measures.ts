import { check, compare, type Comparison, type Step, type Timeline } from '@online-inference/rollout';

/** Tolerance of times: a probe period and a second. */
export const TOLERANCE_SECONDS = 2;

/** A property by which two timelines of one case are compared. */
interface Rule {
  readonly isSame: (comparison: Comparison, a: Timeline, b: Timeline) => boolean;
  /** Describes a difference between a prediction and a recording. */
  readonly describe: (comparison: Comparison, predicted: Timeline, recorded: Timeline) => string;
}

const formatSeconds = (at: number | null): string => (at === null ? 'never' : `${at.toFixed(1)} s`);

function createExtremeRule(name: string): Rule {
  const find = ({ extremes }: Comparison) => extremes.find((pair) => pair.name === name);
  return {
    isSame: (comparison) => find(comparison)?.same === true,
    describe: (comparison) => `${find(comparison)?.a} predicted, ${find(comparison)?.b} recorded`,
  };
}

const formatSteps = (steps: readonly Step[], from: number): string =>
  steps
    .slice(Math.max(0, from - 1), from + 3)
    .map((step) => step.join('+'))
    .join(' ');

const createPathRule = (which: 'path' | 'plateaus'): Rule => ({
  isSame: (comparison) => comparison[which].same,
  describe: (comparison) => {
    const { a, b } = comparison[which];
    const differing = a.findIndex(([old, now], index) => b[index]?.[0] !== old || b[index][1] !== now);
    const at = differing < 0 ? a.length : differing;
    return `old+new from step ${at + 1}: ${formatSteps(a, at)} predicted, ${formatSteps(b, at)} recorded`;
  },
});

const rules = {
  'same end state': {
    isSame: ({ end }) => end.same,
    describe: ({ end }) => `${end.a} predicted, ${end.b} recorded`,
  },
  'outage or none': {
    isSame: (_, a, b) => check(a, 'no-outage').holds === check(b, 'no-outage').holds,
    describe: (_, predicted, recorded) =>
      `${check(predicted, 'no-outage').because} predicted, ${check(recorded, 'no-outage').because} recorded`,
  },
  'fewest ready pods': createExtremeRule('fewestReadyPods'),
  'pods created': createExtremeRule('podsCreated'),
  'situation flags': {
    isSame: ({ situations }) => situations.every(({ same }) => same),
    describe: ({ situations }) =>
      situations
        .filter(({ same }) => !same)
        .map(({ name, b }) => `${name} ${b === 'yes' ? 'only recorded' : 'only predicted'}`)
        .join(', '),
  },
  'most pods': createExtremeRule('mostPods'),
  'most live pods': createExtremeRule('mostLivePods'),
  times: {
    isSame: ({ milestones }) => milestones.every(({ same }) => same),
    describe: ({ milestones }) =>
      milestones
        .filter(({ same }) => !same)
        .map(({ name, a, b }) => `${name} ${formatSeconds(a)} predicted, ${formatSeconds(b)} recorded`)
        .join(', '),
  },
  'lasting steps': createPathRule('plateaus'),
  'whole count path': createPathRule('path'),
} satisfies Record<string, Rule>;

export type Measure = keyof typeof rules;

/** All measures, in the order of the reports. */
export const measures = Object.keys(rules) as Measure[];

const compareRuns = (a: Timeline, b: Timeline): Comparison =>
  compare(a, b, { toleranceSeconds: TOLERANCE_SECONDS });

/** Returns for each measure whether two timelines of one case are the same. */
export function judge(a: Timeline, b: Timeline): Record<Measure, boolean> {
  const comparison = compareRuns(a, b);
  const flags = measures.map((measure) => [measure, rules[measure].isSame(comparison, a, b)]);
  return Object.fromEntries(flags) as Record<Measure, boolean>;
}

/** Describes the difference between a prediction and a recording in one measure. */
export const describeDifference = (measure: Measure, predicted: Timeline, recorded: Timeline): string =>
  rules[measure].describe(compareRuns(predicted, recorded), predicted, recorded);
