import type { TSchema } from '@sinclair/typebox';
import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value';

/** For a failed union, picks the branch whose first error lies deepest. */
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

/** Formats a value for an error message, in at most 60 characters. */
export function formatValue(value: unknown): string {
  const json = value === undefined ? 'missing' : JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

/** Returns the first place where a value breaks its schema: the JSON pointer, the value there, and what is expected. */
export function firstMismatch(
  schema: TSchema,
  value: unknown,
): { path: string; is: string; expected: string } {
  const first = Value.Errors(schema, value).First();
  if (!first) return { path: '', is: formatValue(value), expected: 'something else' };
  const error = deepest(first);
  return { path: error.path, is: formatValue(error.value), expected: expectedBy(error) };
}
