import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { firstMismatch, formatValue } from '../errors/schema-error.ts';
import { Timeline, TIMELINE_API_VERSION } from './timeline.ts';

function outOfOrder(timeline: Timeline): string | undefined {
  const late = (list: readonly { at: number }[]): number =>
    list.findIndex(({ at }, index) => at < (list[index - 1]?.at ?? -Infinity));
  const sample = late(timeline.samples);
  if (sample >= 0) return `/samples/${sample}/at is earlier than in the sample before it`;
  for (const [index, { states }] of timeline.pods.entries()) {
    const state = late(states);
    if (state >= 0) return `/pods/${index}/states/${state}/at is earlier than in the state before it`;
  }
  return undefined;
}

/**
 * Reads a timeline from JSON.
 *
 * @param origin where the JSON came from, for error messages
 * @throws InputError with one line that says what is wrong, and where
 */
export function parseTimeline(json: string, origin = 'timeline'): Timeline {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = json.trim() === '' ? 'it is empty' : messageOf(error).replace(/\s+/g, ' ');
    throw new InputError(`${origin} is not a timeline: not JSON, ${why}`);
  }
  if (Value.Check(Timeline, value)) {
    const disorder = outOfOrder(value);
    if (disorder) throw new InputError(`${origin} is not a timeline: ${disorder}`);
    return value;
  }
  const { apiVersion, kind } = Object(value) as Partial<Record<'apiVersion' | 'kind', unknown>>;
  if (apiVersion !== TIMELINE_API_VERSION || kind !== 'Timeline') {
    throw new InputError(
      `${origin} is not a timeline: apiVersion is ${formatValue(apiVersion)} and kind is ${formatValue(kind)}, expected ${TIMELINE_API_VERSION} and Timeline`,
    );
  }
  const { path, is, expected } = firstMismatch(Timeline, value);
  throw new InputError(`${origin} is not a timeline: ${path || '/'} is ${is}, expected ${expected}`);
}
