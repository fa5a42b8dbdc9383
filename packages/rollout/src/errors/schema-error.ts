import type { TSchema } from '@sinclair/typebox';
import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value';

/** Of the alternatives that a value fits none of, the one that it came furthest with. */
function deepest(error: ValueError): ValueError {
  if (error.schema.title) return error;
  const branches = error.errors.flatMap((branch) => branch.First() ?? []).map(deepest);
  return branches.reduce((best, each) => (each.path.length > best.path.length ? each : best), error);
}

function expectedBy({ schema, message, type }: ValueError): string {
  if (schema.title) return schema.title;
  const { anyOf } = schema as { anyOf?: { const?: unknown }[] };
  const words = anyOf?.flatMap((each) => (each.const === undefined ? [] : [JSON.stringify(each.const)]));
  if (words?.length) return `one of ${words.join(', ')}`;
  const { type: kind } = schema as { type?: string };
  if (type === ValueErrorType.ObjectRequiredProperty && kind !== undefined) {
    return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
  }
  return message.replace(/^Expected (required )?/, '').toLowerCase();
}

/** A value in an error's line. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Where a value does not fit its schema, what is there, and what is expected. */
export function misfit(schema: TSchema, value: unknown): { path: string; is: string; expected: string } {
  const first = Value.Errors(schema, value).First();
  if (!first) return { path: '', is: shown(value), expected: 'something else' };
  const error = deepest(first);
  return { path: error.path, is: shown(error.value), expected: expectedBy(error) };
}
