import type { Comparison, Pair } from './compare';
import type { Step } from './measures';

const steps = (path: readonly Step[]): string => path.map(([old, now]) => `${old}+${now}`).join(' ');
const time = (value: number | null): string => (value === null ? 'never' : `${value.toFixed(2)} s`);
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function rows<Value>(
  title: string,
  pairs: readonly Pair<Value>[],
  shown: (value: Value) => string,
): string[] {
  const lines = pairs.map(({ name, a, b, same }) => {
    const [one, other] = [shown(a), shown(b)];
    return `  ${same ? ' ' : '*'} ${words(name).padEnd(24)} ${one.padStart(12)} ${other.padStart(12)}`;
  });
  return [`${title.padEnd(28)} ${'A'.padStart(12)} ${'B'.padStart(12)}`, ...lines];
}

function offset({ a, b }: Pair<number | null>): string {
  if (a === null || b === null || a === b) return '';
  return `, B ${Math.abs(b - a).toFixed(2)} s ${b > a ? 'later' : 'earlier'}`;
}

function difference(path: Pair<readonly Step[]>): string[] {
  if (path.same) return [`The same ${path.a.length} steps of live old + new pods.`];
  const at = path.a.findIndex(([old, now], index) => path.b[index]?.[0] !== old || path.b[index][1] !== now);
  const from = at < 0 ? path.a.length : at;
  const part = (list: readonly Step[]): string =>
    `${from > 1 ? '… ' : ''}${steps(list.slice(Math.max(0, from - 1), from + 8))}${list.length > from + 8 ? ' …' : ''}`;
  return [
    `Live old + new pods differ from step ${from + 1} of ${path.a.length} and ${path.b.length} on:`,
    `  A  ${part(path.a)}`,
    `  B  ${part(path.b)}`,
  ];
}

/** A comparison for people, in lines. A star marks what differs. */
export function describeComparison(comparison: Comparison): string[] {
  const { agree, end, extremes, situations, milestones, path, plateaus } = comparison;
  const differing = [...extremes, ...situations, ...milestones].filter(({ same }) => !same);
  const names = differing.map(({ name }) => words(name)).join(', ');
  const verdict = agree
    ? 'They agree'
    : `They differ${names && ` in ${names}`}${end.same ? '' : ', and in the end'}`;
  return [
    `${verdict}.`,
    '',
    ...rows('Pods', extremes, String),
    '',
    ...rows('Times', milestones, time).map((line, index) => {
      const pair = milestones[index - 1];
      return pair ? `${line}${offset(pair)}` : line;
    }),
    '',
    ...rows('Situations', situations, (holds) => (holds ? 'yes' : 'no')),
    '',
    `End  A: ${end.a}; B: ${end.b}`,
    ...difference(path),
    ...(path.same || !plateaus.same ? [] : ['Of what lasts half a second, the steps are the same.']),
  ];
}
