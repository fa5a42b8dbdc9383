import { Kind, type Static, type TObject, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { allowed, numberIn, shown } from './allowed';

/** Settings that the environment gives wrong values. Its message is meant for the person who set them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The environment variable of a setting: `startDelaySeconds` is `START_DELAY_SECONDS`. */
export function variableOf(setting: string): string {
  return setting.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/**
 * Reads every declared setting from the environment, or takes its default.
 *
 * @throws SettingsError that names each wrong variable, its value and what is allowed
 */
export function readSettings<T extends TObject>(
  declarations: T,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Static<T>> {
  const given = Object.entries(declarations.properties).map(([setting, schema]) => {
    const text = environment[variableOf(setting)];
    const value: unknown = text === undefined ? schema.default : parsed(text, schema);
    return [setting, value] as const;
  });
  const settings: unknown = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const check = TypeCompiler.Compile(declarations);
  if (check.Check(settings)) {
    return settings;
  }
  const wrong = new Set([...check.Errors(settings)].map(({ path }) => path.slice(1)));
  throw new SettingsError(
    [...wrong].map((setting) => complaint(setting, declarations.properties[setting], environment)).join('; '),
  );
}

function parsed(text: string, schema: TSchema): unknown {
  return schema[Kind] === 'Integer' || schema[Kind] === 'Number' ? numberIn(text) : text;
}

function complaint(
  setting: string,
  schema: TSchema | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const variable = variableOf(setting);
  return `${variable} is ${shown(environment[variable])}, but must be ${schema ? allowed(schema) : 'left out'}`;
}
