import { Ajv2020 } from 'ajv/dist/2020';
import committed from '../openapi.json';

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

/** The committed document of the packaged model. */
export const DOCUMENT = committed as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

/** Every operation, with its method in upper case. */
export const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

// OpenAPI adds keywords of its own, such as example.
const ajv = new Ajv2020({ strict: false, allErrors: true });

const compiled = new WeakMap<object, ReturnType<typeof ajv.compile>>();

/** What is wrong with a value by a schema of the document; nothing if it fits. */
export function faults(schema: object, value: unknown): string[] {
  const check = compiled.get(schema) ?? ajv.compile({ ...schema, components: DOCUMENT.components });
  compiled.set(schema, check);
  const errors = check(value) === true ? [] : (check.errors ?? []);
  return errors.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
