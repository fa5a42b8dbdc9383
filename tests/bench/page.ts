import { markdownTable } from '../kit/markdown';
import { figure, Figures } from './results';
import type { Comparison, Result, Results, Spread, Topic } from './results';
import { topic as rollouts } from './rollouts';
import { topic as scale } from './scale';
import { topic as serving } from './serving';
import { topic as suite } from './suite';
import { topic as synth } from './synth';

/** Every topic, in the order of the page. */
export const topics: readonly Topic[] = [synth, scale, suite, serving, rollouts];

const INTRODUCTION = `# Benchmarks

What a user waits for, next to what a user would pick instead. The contenders of a table were measured on one machine
in one run. \`npm run bench\` writes this page from [benchmarks.json](benchmarks.json);
[tests/bench/README.md](../tests/bench/README.md) explains how.

A cell shows the median and, in brackets, the minimum and maximum of the rounds. A ratio is a quotient of two medians.
Names in bold belong to this project.`;

const spread = ([min, median, max]: Spread): string =>
  min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`;

/** Returns the page for the topics that have a result. */
export function page(results: Results): string {
  const sections = topics.flatMap((topic) => {
    const result = results[topic.id];
    return result ? sectionsOf(topic, result) : [];
  });
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

function sectionsOf(topic: Topic, { day, machine, versions, comparisons }: Result): string[] {
  const programs = Object.entries(versions).map((entry) => entry.join(' '));
  return [
    `## ${topic.title}`,
    markdownTable(['aim', 'limit', 'measured', 'met', 'note'], topic.aims(new Figures(comparisons))),
    topic.method.trim(),
    ...comparisons.flatMap((comparison) => [
      `### ${comparison.title}`,
      ...(comparison.note === undefined ? [] : [comparison.note.trim()]),
      comparisonTable(comparison),
    ]),
    `Measured on ${day}: ${[machine, ...programs].join(', ')}.`,
  ];
}

function comparisonTable({ measures, rows, base, rounds }: Comparison): string {
  const reference = rows.find(({ name }) => name === base);
  const ratios = base !== undefined && rows.length > 1;
  return markdownTable(
    [
      rounds === 1 ? '1 round' : `${rounds} rounds`,
      ...Object.values(measures).flatMap((title) => [title, ...(ratios ? [`÷ ${base}`] : [])]),
    ],
    rows.map(({ name, ours = false, values, absent = '' }) => [
      ours ? `**${name}**` : name,
      ...Object.keys(measures).flatMap((id) => {
        const [value, of] = [values[id], reference?.values[id]];
        const ratio = value && of && of[1] !== 0 ? figure(value[1] / of[1]) : '';
        return [value ? spread(value) : absent, ...(ratios ? [ratio] : [])];
      }),
    ]),
  );
}
