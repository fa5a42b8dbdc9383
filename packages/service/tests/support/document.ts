import { Ajv2020 } from 'ajv/dist/2020';
import committed from '../../openapi.json';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: object;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Media>> }>>;
}

/** The committed OpenAPI document. */
export const DOCUMENT = committed as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

/** Every operation of the document, with its method in upper case. */
export const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

// Not strict, because OpenAPI adds keywords such as example.
const ajv = new Ajv2020({ strict: false, allErrors: true });

const compiled = new WeakMap<object, ReturnType<typeof ajv.compile>>();

/** Validates a value by a schema of the document. Returns its errors. */
export function faults(schema: object, value: unknown): string[] {
  const check = compiled.get(schema) ?? ajv.compile({ ...schema, components: DOCUMENT.components });
  compiled.set(schema, check);
  const errors = check(value) === true ? [] : (check.errors ?? []);
  return errors.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
