import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';

interface Definition {
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: Definition;
  readonly items?: Definition;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY_TEXT = '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$';

const within = (bits: number) => (value: number) => value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

/** Refuses what a definition does not list; those that list nothing are open by intent. */
function strict({ properties, additionalProperties, items, ...rest }: Definition): AnySchemaObject {
  return {
    ...rest,
    ...(items && { items: strict(items) }),
    ...(additionalProperties && { additionalProperties: strict(additionalProperties) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, strict(of)])),
      additionalProperties: false,
    }),
  };
}

function load(): { ajv: Ajv; byKind: ReadonlyMap<string, string> } {
  const { definitions } = JSON.parse(readFileSync(path.join(__dirname, '../../scripts/import/v1.27.0.json'), 'utf8')) as {
    definitions: Record<string, Definition>;
  };
  const byKind = Object.entries(definitions).flatMap(([name, definition]) =>
    (definition.properties?.['metadata'] ? (definition['x-kubernetes-group-version-kind'] ?? []) : []).map(
      ({ group, version, kind }) => [`${group && `${group}/`}${version} ${kind}`, name] as const,
    ),
  );
  const ajv = new Ajv({
    allErrors: true,
    formats: {
      int32: { type: 'number', validate: within(32) },
      int64: { type: 'number', validate: within(64) },
      double: { type: 'number', validate: Number.isFinite },
      byte: /^([\w+/-]{4})*([\w+/-]{2}(==)?|[\w+/-]{3}=?)?$/,
      'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
    },
  });
  ajv.addVocabulary(
    [
      'group-version-kind',
      'list-map-keys',
      'list-type',
      'map-type',
      'patch-merge-key',
      'patch-strategy',
      'unions',
    ].map((keyword) => `x-kubernetes-${keyword}`),
  );
  ajv.addSchema({
    $id: 'kubernetes',
    definitions: {
      ...Object.fromEntries(Object.entries(definitions).map(([name, of]) => [name, strict(of)])),
      [QUANTITY]: { anyOf: [{ type: 'string', pattern: QUANTITY_TEXT }, { type: 'number' }] },
    },
  });
  return { ajv, byKind: new Map(byKind) };
}

let loaded: ReturnType<typeof load> | undefined;

function validatorOf(kind: string): ValidateFunction | undefined {
  loaded ??= load();
  const name = loaded.byKind.get(kind);
  return name === undefined ? undefined : loaded.ajv.getSchema(`kubernetes#/definitions/${name}`);
}

function inWords({ instancePath, message = '', params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return additionalProperty === undefined
    ? `${instancePath || '/'}: ${message}`
    : `${instancePath}/${additionalProperty}: no such field`;
}

/**
 * What is wrong with a manifest by the API schema of Kubernetes 1.27, each with the path of its
 * field; none when it is right. Stricter than an API server that only warns: a field that the
 * schema does not list is refused.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function schemaViolations(manifest: unknown): string[] {
  const { apiVersion, kind } = Object(manifest) as { apiVersion?: unknown; kind?: unknown };
  const validate = validatorOf(`${String(apiVersion)} ${String(kind)}`);
  if (!validate) {
    return [`/: Kubernetes 1.27 has no kind ${String(kind)} of apiVersion ${String(apiVersion)}`];
  }
  return validate(manifest) ? [] : (validate.errors ?? []).map(inWords);
}
