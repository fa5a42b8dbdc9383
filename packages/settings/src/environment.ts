import { Kind, type Static, type TObject, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { allowed, shown } from './allowed';
import { nearName } from './near-name';
import { integerIn, numberIn } from './numbers';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reports environment variables with wrong values or mistyped names, in one line for the person who set them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Returns the environment variable of a setting: `START_DELAY_SECONDS` for `startDelaySeconds`. */
export function variableOf(setting: string): string {
  return setting.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/**
 * Reads every declared setting from the environment; an unset variable means the schema's default.
 *
 * @param declarations an object schema; each property is a string, number, integer or union of literals
 * @param environment usually `process.env`
 * @throws SettingsError if a value is not allowed, or if a variable's name is nearly that of a setting
 */
export function readSettings<T extends TObject>(
  declarations: T,
  environment: Environment,
): Readonly<Static<T>> {
  const given = Object.entries(declarations.properties).map(([setting, schema]) => {
    const text = environment[variableOf(setting)];
    const value: unknown = text === undefined ? schema.default : parsed(text, schema);
    return [setting, value] as const;
  });
  const settings: unknown = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const check = TypeCompiler.Compile(declarations);
  const mistyped = mistypedNames(Object.keys(declarations.properties).map(variableOf), environment);
  if (check.Check(settings) && mistyped.length === 0) {
    return settings;
  }
  const wrong = new Set([...check.Errors(settings)].map(({ path }) => path.slice(1)));
  const refused = [...wrong].map((setting) =>
    complaint(setting, declarations.properties[setting], environment),
  );
  throw new SettingsError([...mistyped, ...refused].join('; '));
}

function parsed(text: string, schema: TSchema): unknown {
  if (schema[Kind] === 'Integer') return integerIn(text);
  return schema[Kind] === 'Number' ? numberIn(text) : text;
}

function mistypedNames(variables: readonly string[], environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && !variables.includes(name))
    .flatMap((name) => {
      const near = nearName(name, variables);
      return near === undefined ? [] : [`${name} is not a setting: use ${near}, or unset ${name}`];
    });
}

function complaint(setting: string, schema: TSchema | undefined, environment: Environment): string {
  const variable = variableOf(setting);
  return `${variable} is ${shown(environment[variable])}, but must be ${schema ? allowed(schema) : 'left out'}`;
}
