import { Kind, TypeGuard, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { allowed, shown } from '@online-inference/settings';
import { InvalidRequest, type Problem } from './errors/http-error';

/** Problems that an error lists at most; nobody reads more. */
const MAX_PROBLEMS = 20;

/**
 * Compiles a schema to a function that returns the value, or an error that lists every invalid field. It coerces no
 * value and drops no field.
 */
export function validator(
  schema: TSchema,
): (value: unknown) => { value: unknown } | { error: InvalidRequest } {
  const checks = branches(schema).map((branch) => TypeCompiler.Compile(branch));
  return (value) => {
    const kind = Array.isArray(value) ? 'Array' : 'Object';
    const check = checks.find((one) => one.Schema()[Kind] === kind) ?? checks[0];
    return check?.Check(value)
      ? { value }
      : { error: new InvalidRequest(problems(check?.Errors(value) ?? [])) };
  };
}

/** Returns a union's branches, so that errors refer to the branch of the value's own kind: a list or an object. */
function branches(schema: TSchema): readonly TSchema[] {
  return TypeGuard.IsUnion(schema) ? schema.anyOf : [schema];
}

function problems(errors: Iterable<ValueError>): Problem[] {
  const found = new Map<string, Problem>();
  for (const error of errors) {
    if (found.size === MAX_PROBLEMS) {
      break;
    }
    const field = fieldAt(error.path);
    if (!found.has(field)) {
      found.set(field, { field, message: describe(error, field) });
    }
  }
  return [...found.values()];
}

function describe({ type, schema, value }: ValueError, field: string): string {
  const name = field === '' ? 'the body' : field;
  if (type === ValueErrorType.ObjectRequiredProperty) {
    return `${name} is missing; it must be ${allowed(schema)}`;
  }
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    const known = TypeGuard.IsObject(schema) ? Object.keys(schema.properties) : [];
    return `${shown(name)} is not a known field; the known fields are ${known.join(', ')}`;
  }
  return `${name} must be ${allowed(schema)}, not ${shown(value)}`;
}

/** Converts a JSON pointer such as `/3/age` to the notation of error messages: `[3].age`. */
function fieldAt(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
