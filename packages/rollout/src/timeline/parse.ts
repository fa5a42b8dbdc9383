import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error';
import { misfit, shown } from '../errors/schema-error';
import { Timeline, TIMELINE_API_VERSION } from './timeline';

function outOfOrder(timeline: Timeline): string | undefined {
  const late = (list: readonly { at: number }[]) =>
    list.findIndex(({ at }, index) => at < (list[index - 1]?.at ?? -Infinity));
  const sample = late(timeline.samples);
  if (sample >= 0) return `/samples/${sample}/at is before the sample ahead of it`;
  for (const [index, { states }] of timeline.pods.entries()) {
    const state = late(states);
    if (state >= 0) return `/pods/${index}/states/${state}/at is before the state ahead of it`;
  }
  return undefined;
}

/**
 * Reads a timeline from JSON.
 *
 * @param origin where the text came from, for the error
 * @throws InputError that says in one line what is wrong, and where
 */
export function parseTimeline(text: string, origin = 'timeline'): Timeline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = text.trim() === '' ? 'it is empty' : (error as Error).message.replace(/\s+/g, ' ');
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
      `${origin} is not a timeline: apiVersion is ${shown(apiVersion)} and kind ${shown(kind)}, expected ${TIMELINE_API_VERSION} and Timeline`,
    );
  }
  const { path, is, expected } = misfit(Timeline, value);
  throw new InputError(`${origin} is not a timeline: ${path || '/'} is ${is}, expected ${expected}`);
}
