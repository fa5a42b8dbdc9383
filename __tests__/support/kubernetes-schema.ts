import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import { ROOT } from './dist';

interface Definition {
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: Definition;
  readonly items?: Definition;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

const { definitions } = JSON.parse(readFileSync(path.join(ROOT, 'scripts/import/v1.27.0.json'), 'utf8')) as {
  definitions: Readonly<Record<string, Definition>>;
};

/**
 * The definition of quantities says only that they are strings.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const QUANTITY = {
  anyOf: [
    {
      type: 'string',
      pattern: '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
    },
    { type: 'number' },
  ],
};

/** Returns a definition that rejects unlisted fields. A definition that lists no fields stays open. */
function strict({ properties, additionalProperties, items, ...rest }: Definition): AnySchemaObject {
  return {
    ...rest,
    ...(items && { items: strict(items) }),
    ...(additionalProperties && { additionalProperties: strict(additionalProperties) }),
    ...(properties && { properties: strictAll(properties), additionalProperties: false }),
  };
}

function strictAll(schemas: Readonly<Record<string, Definition>>): Record<string, AnySchemaObject> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strict(schema)]));
}

const signed = (bits: number) => ({
  type: 'number' as const,
  validate: (value: number) => value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1),
});

const ajv = new Ajv({
  allErrors: true,
  strict: false, // the definitions use keywords of their own, such as x-kubernetes-list-type
  formats: {
    int32: signed(32),
    int64: signed(64),
    double: { type: 'number', validate: Number.isFinite },
    byte: /^([\w+/-]{4})*([\w+/-]{2}(==)?|[\w+/-]{3}=?)?$/,
    'date-time': (value: string) => !Number.isNaN(Date.parse(value)),
  },
}).addSchema({
  $id: 'kubernetes',
  definitions: { ...strictAll(definitions), 'io.k8s.apimachinery.pkg.api.resource.Quantity': QUANTITY },
});

function definitionOf(apiVersion: unknown, kind: unknown): string | undefined {
  const isObject = ({ properties, 'x-kubernetes-group-version-kind': kinds = [] }: Definition) =>
    properties?.['metadata'] &&
    kinds.some((own) => `${own.group && `${own.group}/`}${own.version}` === apiVersion && own.kind === kind);
  return Object.entries(definitions).find(([, definition]) => isObject(definition))?.[0];
}

function describe({ instancePath, message = '', params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return additionalProperty === undefined
    ? `${instancePath || '/'}: ${message}`
    : `${instancePath}/${additionalProperty}: no such field`;
}

/**
 * Returns the violations of the API schema of Kubernetes 1.27, each with the path of its field. An unlisted field is a
 * violation, as in the strict field validation of an API server.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function schemaViolations(manifest: unknown): string[] {
  const { apiVersion, kind } = Object(manifest) as { apiVersion?: unknown; kind?: unknown };
  const name = definitionOf(apiVersion, kind);
  const validate = name === undefined ? undefined : ajv.getSchema(`kubernetes#/definitions/${name}`);
  if (!validate) {
    return [`/: Kubernetes 1.27 has no kind ${String(kind)} of apiVersion ${String(apiVersion)}`];
  }
  void validate(manifest);
  return (validate.errors ?? []).map(describe);
}
