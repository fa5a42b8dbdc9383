import type { Span } from '../situations/situation.ts';
import type { ProcessLife } from '../simulation/process.ts';
import type { Rules } from './endpoints.ts';

/** Returns the spans in which the processes of a pod answer. */
export const answeringSpans = (lives: readonly ProcessLife[]): Span[] =>
  lives
    .map(({ listensAt, hangsAt, endedAt }) => ({ from: listensAt, to: Math.min(hangsAt, endedAt) }))
    .filter(({ from, to }) => from < to);

/** Returns the parts of a span that none of other spans cover. */
export function uncovered({ from, to }: Span, spans: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let reached = from;
  for (const span of [...spans].sort((a, b) => (a.from === b.from ? 0 : a.from - b.from))) {
    if (span.from >= to) break;
    if (span.from > reached) gaps.push({ from: reached, to: span.from });
    reached = Math.max(reached, span.to);
  }
  return reached < to ? [...gaps, { from: reached, to }] : gaps;
}

/** Returns the spans in which no new connection would be answered: no pod that is routed to answers. */
export function findOutages(rules: readonly Rules[], whole: Span): Span[] {
  const gaps = [{ at: -Infinity, backends: [] }, ...rules].flatMap(({ at, backends }, index): Span[] => {
    const span = { from: Math.max(whole.from, at), to: Math.min(whole.to, rules[index]?.at ?? Infinity) };
    if (span.from >= span.to || backends.some(({ lives }) => coversAll(lives, span))) return [];
    return uncovered(
      span,
      backends.flatMap(({ lives }) => answeringSpans(lives)),
    );
  });
  return gaps.reduce<Span[]>((merged, { from, to }) => {
    const last = merged.at(-1);
    if (last?.to !== from) return [...merged, { from, to }];
    return [...merged.slice(0, -1), { from: last.from, to }];
  }, []);
}

const coversAll = (lives: readonly ProcessLife[], { from, to }: Span): boolean =>
  lives.some(({ listensAt, hangsAt, endedAt }) => listensAt <= from && to <= Math.min(hangsAt, endedAt));
