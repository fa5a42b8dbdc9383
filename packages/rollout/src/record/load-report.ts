import type { Load } from '../timeline/observations.ts';
import { MAX_FAILURES } from '../requests/load-shape.ts';
import type { Timeline, Version } from '../timeline/timeline.ts';

/** The outcome of one request. */
export interface LoadAnswer {
  /** When the request was sent, in seconds. */
  readonly at: number;
  /** What the answer says about its version; undefined if it says nothing. */
  readonly identity?: string | undefined;
  /** Why the request failed. */
  readonly error?: string;
}

type Answerer = Version | 'unknown';

/** Returns when the last pod of the old version was gone; Infinity if one still exists. */
function oldGoneAt({ pods, end }: Timeline): number {
  const ends = pods
    .filter(({ version }) => version === 'old')
    .map(({ states }) => (states.at(-1)?.state === 'gone' ? (states.at(-1)?.at ?? end.at) : Infinity));
  return Math.max(-Infinity, ...ends);
}

/**
 * Returns the version behind each identity. An identity first seen after the change is new; one seen
 * before the change is old. One also seen after the last old pod was gone does not identify a version.
 */
function attribution(answers: readonly LoadAnswer[], oldGone: number): ReadonlyMap<string, Answerer> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { at, identity } of answers) {
    if (identity === undefined) continue;
    const { first, last } = spans.get(identity) ?? { first: at, last: at };
    spans.set(identity, { first: Math.min(first, at), last: Math.max(last, at) });
  }
  const answererOf = ({ first, last }: { first: number; last: number }): Answerer => {
    if (first >= 0) return 'new';
    return last > oldGone ? 'unknown' : 'old';
  };
  return new Map([...spans].map(([identity, span]) => [identity, answererOf(span)]));
}

/**
 * Returns the number of answers and failures in each second.
 *
 * @param answers in any order, in seconds on the timeline's clock
 */
export function loadReport(
  url: string,
  ratePerSecond: number,
  answers: readonly LoadAnswer[],
  timeline: Timeline,
): Load {
  const versions = attribution(answers, oldGoneAt(timeline));
  const seconds = new Map<number, Load['seconds'][number]>();
  for (const { at: sent, identity, error } of answers) {
    const at = Math.floor(sent);
    const second = seconds.get(at) ?? { at, answered: {}, failed: 0 };
    seconds.set(at, second);
    if (error !== undefined) {
      second.failed += 1;
      const cause = error.replace(/ \(.* connection\)$/, '');
      second.causes = { ...second.causes, [cause]: (second.causes?.[cause] ?? 0) + 1 };
    } else {
      const version = versions.get(identity ?? '') ?? 'unknown';
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
