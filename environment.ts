import { Kind, type Static, type TObject, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** A setting that the environment gives a wrong value. Its message is meant for the person who set it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';

  constructor(variable: string, value: string, schema: TSchema) {
    // quoted where a bare value would hide blanks, emptiness or line breaks
    const shown = /^[\w.:/@-]+$/.test(value) ? value : JSON.stringify(value);
    super(`${variable}=${shown}: not ${allowed(schema)} (environment variable: ${schema.description ?? ''})`);
  }
}

/** The environment variable that overrides a setting: `imageRepository` is `IMAGE_REPOSITORY`. */
export function variableOf(setting: string): string {
  return setting.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** What values a declaration allows, in words. */
export function allowed(schema: TSchema): string {
  const { minimum, maximum, pattern, anyOf } = schema as {
    minimum?: number;
    maximum?: number;
    pattern?: string;
    anyOf?: { const: string }[];
  };
  if (anyOf) {
    return `one of ${anyOf.map((option) => option.const).join(', ')}`;
  }
  if (schema[Kind] === 'Integer' || schema[Kind] === 'Number') {
    const kind = schema[Kind] === 'Integer' ? 'a whole number' : 'a number';
    return `${kind} from ${minimum ?? '-∞'} to ${maximum ?? '∞'}`;
  }
  return typeof schema.title === 'string' ? schema.title : `text that matches ${pattern ?? '.*'}`;
}

function parse(text: string, schema: TSchema): unknown {
  // no leading zeros: 010 is 8 to some and 10 to others
  const number = {
    Integer: /^(0|-?[1-9]\d{0,14})$/,
    Number: /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/,
  }[schema[Kind]];
  return number?.test(text) ? Number(text) : text;
}

/**
 * Reads every declared setting from the environment, or takes its default.
 *
 * @throws SettingError that names the first wrong variable, its value and what is allowed
 */
export function readSettings<T extends TObject>(
  declarations: T,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Static<T>> {
  const given = Object.entries(declarations.properties).flatMap(([setting, schema]) => {
    const variable = variableOf(setting);
    const text = environment[variable];
    if (text === undefined) {
      return [];
    }
    const value = parse(text, schema);
    if (!Value.Check(schema, value)) {
      throw new SettingError(variable, text, schema);
    }
    return [[setting, value] as const];
  });
  return Value.Parse(declarations, Object.fromEntries(given));
}
