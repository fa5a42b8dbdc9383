import { Kind, type TSchema } from '@sinclair/typebox';

/**
 * Returns what a schema accepts, as the end of the sentence "PORT must be …". The schema's own
 * `allowed` or `title` comes first; otherwise the words follow from its limits.
 */
export function allowed(schema: TSchema): string {
  const { minimum, maximum, anyOf } = schema as {
    minimum?: number;
    maximum?: number;
    anyOf?: readonly { const: string }[];
  };
  const ownWords: unknown = schema['allowed'] ?? schema.title;
  if (typeof ownWords === 'string') return ownWords;
  if (anyOf) return `one of ${anyOf.map((option) => option.const).join(', ')}`;
  if (schema[Kind] === 'Integer') return `an integer${range(minimum, maximum)}`;
  if (schema[Kind] === 'Number') return `a number${range(minimum, maximum)}`;
  return 'a non-empty string';
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

/** The longest value that an error message shows, in characters. */
const SHOWN_LENGTH = 60;

/** Returns a refused value for an error message: as JSON, cut after 60 characters. */
export function shown(value: unknown): string {
  const json = typeof value === 'number' ? String(value) : toJson(value);
  return json.length > SHOWN_LENGTH ? `${json.slice(0, SHOWN_LENGTH)}…` : json;
}

function toJson(value: unknown): string {
  try {
    return value === undefined ? 'nothing' : JSON.stringify(value);
  } catch {
    // JSON.parse reads any depth, but JSON.stringify is recursive and overflows the stack
    return 'a value nested too deeply to show';
  }
}
