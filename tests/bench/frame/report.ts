import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { specToSvg } from '@online-inference/rollout/draw';
import { aimsTable, topicSection } from './markdown';
import { ROOT } from './peers';
import { comparisonSpec } from './picture';
import type { Result } from './results';
import type { Topic } from './topic';

const PAGE = path.join(ROOT, 'docs/benchmarks.md');
const PICTURES = path.join(ROOT, 'docs/benchmarks');

/** A topic and what was measured of it. */
export interface Reported {
  readonly topic: Topic;
  readonly result: Result;
}

/**
 * Puts a text between the marks of its name, `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`.
 *
 * @throws Error when the page has no such marks
 */
export function between(page: string, name: string, text: string): string {
  const [from, to] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) {
    throw new Error(`docs/benchmarks.md has no ${from} … ${to}`);
  }
  return `${page.slice(0, start + from.length)}\n\n${text.trim()}\n\n${page.slice(end)}`;
}

/** The page with the results of these topics in place of earlier ones. */
export function reportOf(page: string, reported: readonly Reported[]): string {
  return reported.reduce((text, { topic, result }) => {
    const pictures = Object.keys(picturesOf({ topic, result }));
    const aims = aimsTable(topic.aims(result.comparisons));
    return between(between(text, `${topic.id}:aims`, aims), topic.id, topicSection(topic, result, pictures));
  }, page);
}

function picturesOf({ topic, result: { comparisons } }: Reported) {
  return (
    topic.pictures?.(comparisons) ??
    Object.fromEntries(comparisons.map((comparison) => [comparison.id, comparisonSpec(comparison)]))
  );
}

/** Writes the pictures and the page. */
export async function writeReport(reported: readonly Reported[]): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const each of reported) {
    for (const [end, spec] of Object.entries(picturesOf(each))) {
      writeFileSync(path.join(PICTURES, `${each.topic.id}-${end}.svg`), await specToSvg(spec));
    }
  }
  const { format, resolveConfig } = await import('prettier');
  const page = reportOf(readFileSync(PAGE, 'utf8'), reported);
  writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}
