import { fieldsOf } from '../../src/manifest/decode.ts';

interface Model {
  readonly attributeTypeMap: readonly {
    readonly baseName: string;
    readonly type: string;
    readonly format: string;
  }[];
}
let models: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  // an ES module, which Jest can only import dynamically
  models = new Map<string, unknown>(Object.entries(await import('@kubernetes/client-node')));
});

const isModel = (value: unknown): value is Model =>
  typeof value === 'function' && 'attributeTypeMap' in value;

const goTypes: Readonly<Record<string, string>> = {
  boolean: 'bool',
  IntOrString: 'IntOrString',
  any: 'any',
  Date: 'Time',
};

/** Returns a type of the client as Go writes it, `string` for a quantity too. */
function typeOf(type: string, format: string): string {
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return `[]${typeOf(item, format)}`;
  const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
  if (value !== undefined) return `map[string]${typeOf(value, format)}`;
  if (type === 'number') return format === '' ? 'int64' : format;
  return goTypes[type] ?? type.replace(/^(V\d|Core)+/, '');
}

/** Walks the types of the installed client, which is of another version of Kubernetes than the table. */
function differences(name: string, seen: Set<string>): string[] {
  const model = models.get(name);
  if (seen.has(name) || !isModel(model)) return [];
  seen.add(name);
  const fields = fieldsOf(name.replace(/^V\d/, ''));
  return model.attributeTypeMap.flatMap(({ baseName, type, format }) => {
    if (baseName === 'status' && name !== 'V1Condition') return [];
    const known = fields?.get(baseName)?.replace('Quantity', 'string');
    const nested = differences(/V\d\w+/.exec(type)?.[0] ?? '', seen);
    const expected = typeOf(type, format);
    return known === 'any' || known === expected
      ? nested
      : [...nested, `${name}.${baseName}: ${known ?? 'missing'}, not ${expected}`];
  });
}

test.each(['V1Deployment', 'V1ReplicaSet', 'V1StatefulSet', 'V1DaemonSet', 'V1Pod'])(
  'the table has every field of %s that the Kubernetes client has, with its type',
  (name) => {
    const seen = new Set<string>();
    expect(differences(name, seen)).toEqual([]);
    expect(seen.size).toBeGreaterThan(50);
  },
);

test('a property of every object is no type', () => {
  expect(fieldsOf('constructor')).toBeUndefined();
  expect(fieldsOf('toString')).toBeUndefined();
});
