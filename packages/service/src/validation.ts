import { Kind, TypeGuard, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { allowed, shown } from '@online-inference/settings';

/** One thing that is wrong with a request, and where: `age`, or `[3].age` in a list. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** A request that does not fit its schema. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
  readonly statusCode = 400;

  constructor(readonly problems: readonly Problem[]) {
    const [first, ...others] = problems;
    super(
      `${first?.message ?? 'invalid request'}${others.length > 0 ? ` (and ${others.length} more, in details)` : ''}`,
    );
  }
}

/** A request with one thing wrong. */
export function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}

/** An answer lists no more problems than a person reads, however many a request has. */
const MOST_PROBLEMS = 20;

/**
 * Compiles a schema to a function that returns the value, or an error that tells every field's problem.
 * Nothing is coerced and no field is dropped.
 */
export function validator(
  schema: TSchema,
): (value: unknown) => { value: unknown } | { error: InvalidRequest } {
  const checks = variants(schema).map((variant) => TypeCompiler.Compile(variant));
  return (value) => {
    const kind = Array.isArray(value) ? 'Array' : 'Object';
    const check = checks.find((one) => one.Schema()[Kind] === kind) ?? checks[0];
    return check?.Check(value)
      ? { value }
      : { error: new InvalidRequest(problems(check?.Errors(value) ?? [])) };
  };
}

/** A union's branches: what is wrong is told of the branch of the value's own kind, a list or an object. */
function variants(schema: TSchema): readonly TSchema[] {
  return TypeGuard.IsUnion(schema) ? schema.anyOf : [schema];
}

function problems(errors: Iterable<ValueError>): Problem[] {
  const found = new Map<string, Problem>();
  for (const error of errors) {
    if (found.size === MOST_PROBLEMS) {
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
    return `${name} is missing: it must be ${allowed(schema)}`;
  }
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    return `${shown(name)} is not a field: the fields are ${TypeGuard.IsObject(schema) ? Object.keys(schema.properties).join(', ') : 'others'}`;
  }
  return `${name} must be ${allowed(schema)}, not ${shown(value)}`;
}

/** `/3/age`, a JSON pointer, as people write it: `[3].age`. */
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
