import type { Aim, Comparison, Row, Spread } from './topic';

/**
 * The middle of the values and how far they reach.
 *
 * @throws Error when there is none
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => {
    const value = sorted[index];
    if (value === undefined) throw new Error('no values have no median');
    return value;
  };
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

/** @throws Error that names the rows that there are */
export function rowOf({ id, rows }: Comparison, name: string): Row {
  const row = rows.find((each) => each.name === name);
  if (!row) {
    throw new Error(`${id} has no contender ${name}, but ${rows.map((each) => each.name).join(', ')}`);
  }
  return row;
}

/** @throws Error when there is no comparison of that id */
export function comparisonOf(comparisons: readonly Comparison[], id: string): Comparison {
  const found = comparisons.find((each) => each.id === id);
  if (!found) {
    throw new Error(`no comparison ${id}, but ${comparisons.map((each) => each.id).join(', ')}`);
  }
  return found;
}

/** A contender's values of one measure, a round each. */
export function valuesOf(comparison: Comparison, measure: string, name: string): number[] {
  return rowOf(comparison, name).runs.map((run) => {
    const value = run[measure];
    if (value === undefined) throw new Error(`${name} was not measured by ${measure}`);
    return value;
  });
}

/**
 * One contender's values divided by another's of the same round: what slows the machine down for a while
 * slows both.
 */
export function ratioOf(comparison: Comparison, measure: string, name: string, to: string): Spread {
  const others = valuesOf(comparison, measure, to);
  return spreadOf(
    valuesOf(comparison, measure, name).map((value, round) => value / (others[round] ?? Number.NaN)),
  );
}

export function isMet({ measured, limit, better }: Aim): boolean {
  return better === 'lower' ? measured.median <= limit : measured.median >= limit;
}
