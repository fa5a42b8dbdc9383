import type { Load } from '../timeline/observations';
import type { Timeline } from '../timeline/timeline';

/** One request, sent at `at` seconds on the recording's clock. */
export interface Answer {
  readonly at: number;
  /** What the answer says about who gave it; undefined where it says nothing. */
  readonly identity?: string | undefined;
  /** Why there was no good answer. */
  readonly error?: string;
}

/** Failures beyond this are counted, not listed. */
const MAX_FAILURES = 500;

type Who = 'old' | 'new' | 'unknown';

/** From when on no pod of the old version existed. */
function oldGoneAt({ pods, end }: Timeline): number {
  const ends = pods
    .filter(({ version }) => version === 'old')
    .map(({ states }) => (states.at(-1)?.state === 'gone' ? (states.at(-1)?.at ?? end.at) : Infinity));
  return Math.max(-Infinity, ...ends);
}

/**
 * Which version each answer came from. What answered before the change is old, what
 * appeared since is new; what answers both before it and after the last old pod has
 * gone does not tell the versions apart.
 */
function attribution(answers: readonly Answer[], oldGone: number): ReadonlyMap<string, Who> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { at, identity } of answers) {
    if (identity === undefined) continue;
    const { first, last } = spans.get(identity) ?? { first: at, last: at };
    spans.set(identity, { first: Math.min(first, at), last: Math.max(last, at) });
  }
  const who = ({ first, last }: { first: number; last: number }): Who => {
    if (first >= 0) return 'new';
    return last > oldGone ? 'unknown' : 'old';
  };
  return new Map([...spans].map(([identity, span]) => [identity, who(span)]));
}

/**
 * Requests in numbers by the second.
 *
 * @param answers in any order, on the timeline's clock
 */
export function loadReport(
  url: string,
  ratePerSecond: number,
  answers: readonly Answer[],
  timeline: Timeline,
): Load {
  const who = attribution(answers, oldGoneAt(timeline));
  const seconds = new Map<number, { at: number; answered: Partial<Record<Who, number>>; failed: number }>();
  for (const { at: sent, identity, error } of answers) {
    const at = Math.floor(sent);
    const second = seconds.get(at) ?? { at, answered: {}, failed: 0 };
    seconds.set(at, second);
    if (error !== undefined) second.failed += 1;
    else {
      const version = who.get(identity ?? '') ?? 'unknown';
      second.answered[version] = (second.answered[version] ?? 0) + 1;
    }
  }
  const failures = answers.flatMap(({ at, error }) => (error === undefined ? [] : [{ at, error }]));
  return {
    url,
    ratePerSecond,
    sent: answers.length,
    answered: answers.length - failures.length,
    failed: failures.length,
    seconds: [...seconds.values()].sort((a, b) => a.at - b.at),
    failures: failures.sort((a, b) => a.at - b.at).slice(0, MAX_FAILURES),
  };
}
