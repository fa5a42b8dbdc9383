import { isObject, type Manifest } from './documents.ts';
import { invalid } from './field-error.ts';
import { kubernetesFields } from './kubernetes-fields.ts';
import { nearField, type Fields, type Holder } from './near-field.ts';

const parsed = new Map<string, Fields>();

/** Returns the fields of an API type, or undefined for a type that has none, such as `string`. */
export function fieldsOf(type: string): Fields | undefined {
  const given = kubernetesFields[type];
  if (given === undefined || !Object.hasOwn(kubernetesFields, type)) return undefined;
  const known = parsed.get(type);
  if (known) return known;
  const fields = new Map(given.split(' ').map((each) => each.split(/:(.*)/, 2) as [string, string]));
  parsed.set(type, fields);
  return fields;
}

/**
 * Fields whose zero value means the default, in Go a plain value rather than a pointer.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/v1/defaults.go `SetDefaults_Probe`, `SetDefaults_PodSpec`
 */
const zeroIsUnset: Readonly<Record<string, readonly string[]>> = {
  ContainerPort: ['protocol', 'hostPort'],
  DaemonSetUpdateStrategy: ['type'],
  DeploymentStrategy: ['type'],
  ObjectMeta: ['name', 'generateName', 'namespace'],
  PodSpec: ['restartPolicy', 'dnsPolicy'],
  StatefulSetSpec: ['podManagementPolicy'],
  StatefulSetUpdateStrategy: ['type'],
  Probe: ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'],
};

const isUnset = (type: string, field: string, value: unknown): boolean =>
  value === null ||
  value === undefined ||
  ((value === 0 || value === '') && zeroIsUnset[type]?.includes(field) === true);

/** @see https://github.com/kubernetes/apimachinery/blob/v0.37.0/pkg/api/resource/quantity.go `ParseQuantity` */
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const quantityRule =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const time = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

const inRange = (value: number, bits: number): boolean =>
  Number.isInteger(value) && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

/** Returns a string, number or boolean as it is written, and an empty string for anything else. */
const scalar = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Whether Go's JSON decoder takes a value for a type without fields. */
const takes: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int32: (value) => typeof value === 'number' && inRange(value, 32),
  int64: (value) => typeof value === 'number' && inRange(value, 64),
  number: (value) => typeof value === 'number',
  IntOrString: (value) => typeof value === 'string' || (typeof value === 'number' && inRange(value, 32)),
  Quantity: (value) => quantity.test(scalar(value)),
  Time: (value) => typeof value === 'string' && time.test(value),
};

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' && !inRange(value, 32) ? `number ${value}` : typeof value;
}

/** Returns a type as Go prints it. */
function goType(type: string): string {
  if (type === 'IntOrString') return 'int32';
  if (type === 'map[string]Quantity') return 'v1.ResourceList';
  return type.replace(/^(\[\])?([A-Z]\w*)$/, '$1v1.$2');
}

function hint(type: string, value: unknown): string {
  if (type === 'string' && scalar(value) !== '') return `: write it in quotes, "${scalar(value)}"`;
  const isQuoted =
    typeof value === 'string' && /^(int32|int64|bool)$/.test(type) && /^(-?\d+|true|false)$/.test(value);
  return isQuoted ? `: write it without quotes, ${value}` : '';
}

/** Decodes a manifest as the API server does, and collects what it refuses. */
class Decoder {
  readonly unknown: string[] = [];
  readonly mistyped: string[] = [];

  struct(type: string, value: Manifest, holders: readonly Holder[]): Manifest {
    const path = holders.at(-1)?.path ?? '';
    const fields = fieldsOf(type) ?? new Map<string, string>();
    const entries: [string, unknown][] = [];
    for (const [name, each] of Object.entries(value)) {
      const own = path === '' ? name : `${path}.${name}`;
      const fieldType = fields.get(name);
      if (fieldType === undefined) {
        const near = nearField(holders, name, fieldsOf);
        this.unknown.push(
          `unknown field ${JSON.stringify(own)}${near === undefined ? '' : `; did you mean ${near}?`}`,
        );
      } else if (!isUnset(type, name, each)) {
        entries.push([name, this.value(fieldType, each, own, holders)]);
      }
    }
    return Object.fromEntries(entries);
  }

  private value(type: string, value: unknown, path: string, holders: readonly Holder[]): unknown {
    if (type === 'any') return value;
    const [, list] = /^\[\](.*)$/.exec(type) ?? [];
    if (list !== undefined && Array.isArray(value)) {
      return value.map((each: unknown, index) => this.item(list, each, `${path}[${index}]`, holders));
    }
    const [, map] = /^map\[string\](.*)$/.exec(type) ?? [];
    if (map !== undefined && isObject(value)) {
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([key, each]) => [key, this.item(map, each, `${path}.${key}`, holders)]),
      );
    }
    const isStruct = fieldsOf(type) !== undefined;
    if (isStruct && isObject(value)) return this.struct(type, value, [...holders, { type, path }]);
    if (!takes[type]?.(value)) this.mismatch(type, value, path, holders);
    return value;
  }

  /** Null stands for the zero value in a list or map. */
  private item(type: string, value: unknown, path: string, holders: readonly Holder[]): unknown {
    if (value !== null && value !== undefined) return this.value(type, value, path, holders);
    return fieldsOf(type) ? {} : type === 'string' ? '' : null;
  }

  private mismatch(type: string, value: unknown, path: string, holders: readonly Holder[]): void {
    const field = `${holders.at(-1)?.type ?? ''}.${path.replaceAll(/\[\d+\]/g, '')}`;
    const rule =
      type === 'Quantity'
        ? quantityRule
        : type === 'Time'
          ? 'cannot parse as "2006-01-02T15:04:05Z07:00"'
          : `json: cannot unmarshal ${jsonType(value)} into Go struct field ${field} of type ${goType(type)}`;
    this.mistyped.push(invalid(path, value, `${rule}${hint(type, value)}`));
  }
}

/**
 * Returns a manifest without nulls and without zeros that mean a default, and what the API server refuses
 * when it decodes the manifest: unknown fields, then values of the wrong type.
 *
 * @param kind a kind of which the fields are known, such as Deployment
 */
export function decode(
  kind: string,
  manifest: Manifest,
): { readonly decoded: Manifest; readonly refused: readonly string[] } {
  const decoder = new Decoder();
  const decoded = decoder.struct(kind, manifest, [{ type: kind, path: '' }]);
  return { decoded, refused: [...decoder.unknown, ...decoder.mistyped] };
}
