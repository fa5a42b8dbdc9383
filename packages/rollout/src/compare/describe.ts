import { wrap } from '../situations/describe.ts';
import type { Comparison } from './compare.ts';
import type { Step } from './measures.ts';
import type { Pair } from './pair.ts';

/** A smaller difference of times is not shown. */
const SHOWN_SECONDS = 0.05;

const steps = (path: readonly Step[]): string => path.map(([old, now]) => `${old}+${now}`).join(' ');
const time = (value: number | null): string => (value === null ? 'never' : `${value.toFixed(1)} s`);
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function rows<Value>(
  title: string,
  pairs: readonly Pair<Value>[],
  format: (value: Value) => string,
): string[] {
  const lines = pairs.map(({ name, a, b, same }) => {
    const [one, other] = [format(a), format(b)];
    return `  ${same ? ' ' : '*'} ${words(name).padEnd(24)} ${one.padStart(12)} ${other.padStart(12)}`;
  });
  return [`${title.padEnd(28)} ${'A'.padStart(12)} ${'B'.padStart(12)}`, ...lines];
}

function offset({ a, b }: Pair<number | null>): string {
  if (a === null || b === null || Math.abs(b - a) < SHOWN_SECONDS) return '';
  return `, B ${Math.abs(b - a).toFixed(1)} s ${b > a ? 'later' : 'earlier'}`;
}

function difference(path: Pair<readonly Step[]>): string[] {
  if (path.same) return [`Live old + new pods take the same ${path.a.length} steps.`];
  const at = path.a.findIndex(([old, now], index) => path.b[index]?.[0] !== old || path.b[index][1] !== now);
  const from = at < 0 ? path.a.length : at;
  const part = (list: readonly Step[]): string =>
    `${from > 1 ? '… ' : ''}${steps(list.slice(Math.max(0, from - 1), from + 8))}${list.length > from + 8 ? ' …' : ''}`;
  return [
    `Live old + new pods differ from step ${from + 1} (A has ${path.a.length} steps, B has ${path.b.length}):`,
    `  A  ${part(path.a)}`,
    `  B  ${part(path.b)}`,
  ];
}

/** Returns a comparison as lines for a terminal. A star marks each difference. */
export function describeComparison(comparison: Comparison): string[] {
  const { agree, end, extremes, requests, situations, milestones, path, plateaus } = comparison;
  const differing = [...extremes, ...requests, ...situations, ...milestones].filter(({ same }) => !same);
  const names = differing.map(({ name }) => words(name));
  const verdict = agree
    ? 'The timelines agree'
    : `The timelines differ in ${[...(end.same ? [] : ['their end']), ...names].join(', ')}`;
  return [
    ...wrap(`${verdict}.`, 2),
    '',
    ...rows('Pods', extremes, String),
    '',
    ...(requests.length > 0 ? [...rows('Requests, in common seconds', requests, String), ''] : []),
    ...rows('Times', milestones, time).map((line, index) => {
      const pair = milestones[index - 1];
      return pair ? `${line}${offset(pair)}` : line;
    }),
    '',
    ...rows('Situations', situations, String),
    '',
    `End  A: ${end.a}; B: ${end.b}`,
    ...difference(path),
    ...(path.same || !plateaus.same ? [] : ['The steps that last at least half a second are the same.']),
  ];
}
