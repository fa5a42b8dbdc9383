import { HelmFolder } from '@online-inference/cdk8s-helm/testing';
import { FILES, LEAVES, merged, SCHEMA, withValue, type Schema } from './dist-chart';
import { Variants } from './variants';

jest.setTimeout(60_000);

const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

/** The chart without its templates, so that Helm only validates the values. */
const SCHEMA_ONLY = new Map([...FILES].filter(([file]) => !file.startsWith('templates/')));

interface Try {
  readonly name: string;
  readonly values: object;
  /** Rejected key of a map. Helm reports it without its path. @default - none */
  readonly reserved?: string;
}

interface Sides {
  readonly inside: Try[];
  readonly outside: Try[];
}

/** Returns values on both sides of each limit of a schema. */
function sides(schema: Schema, name: string, put: (value: unknown) => object): Sides {
  const inside: Try[] = [];
  const outside: Try[] = [];
  const add = (into: Try[], ...values: unknown[]) => {
    into.push(...values.map((value) => ({ name: `${name} = ${JSON.stringify(value)}`, values: put(value) })));
  };
  const { minimum, maximum, type, pattern, items, propertyNames } = schema;
  if (minimum !== undefined) {
    add(inside, minimum);
    add(outside, minimum - 1);
  }
  if (maximum !== undefined) {
    add(inside, maximum);
    add(outside, maximum + 1);
  }
  if (type === 'integer') {
    add(outside, (minimum ?? 0) + 0.5, String(minimum ?? 1));
  }
  if (schema.enum) {
    add(inside, ...schema.enum);
    add(outside, `${schema.enum[0] ?? ''}s`, '');
  }
  if (pattern !== undefined) {
    const matches = (candidate: string) => new RegExp(pattern, 'u').test(candidate);
    const candidates = [
      '',
      'a',
      'v1',
      '/x',
      '30s',
      '25%',
      'a.example',
      '*.example',
      '100m',
      'A',
      '/',
      'a b',
      '{{ x }}',
      '-',
      'x'.repeat(400),
      `sha256:${'0a'.repeat(32)}`,
      `sha256:${'0A'.repeat(32)}`,
      `sha256:${'0'.repeat(63)}`,
    ];
    add(inside, ...candidates.filter((one) => matches(one) && one.length <= (schema.maxLength ?? Infinity)));
    add(outside, ...candidates.filter((one) => !matches(one)));
  }
  if (schema.minLength !== undefined) {
    add(outside, 'x'.repeat(schema.minLength - 1));
  }
  if (schema.maxLength !== undefined) {
    add(inside, 'x'.repeat(schema.maxLength));
    add(outside, 'x'.repeat(schema.maxLength + 1));
  }
  if (schema.minItems !== undefined) {
    add(outside, []);
  }
  if (propertyNames && 'not' in propertyNames) {
    const { not } = propertyNames as { not: { const?: string; pattern?: string } };
    add(inside, { 'example.org/x': 'y' });
    const reserved = not.const ?? 'app.kubernetes.io/name';
    outside.push({ name, values: put({ [reserved]: 'y' }), reserved });
  }
  if (schema.anyOf) {
    add(outside, -1, 101, 'many', '1000%', true);
    add(inside, 0, 100, '0%', '100%');
  }
  if (type === 'boolean') {
    add(inside, true, false);
    add(outside, 'true', 1);
  }
  if (type === 'string') {
    add(outside, 1, true);
  }
  if (type === 'object') {
    add(outside, [], 'x');
  }
  if (schema.properties?.['limits']) {
    const limits = (cpu: unknown) => ({ limits: { cpu } });
    add(inside, limits('100m'), limits('1.5'), limits(2), { requests: { memory: '1Gi' } }, {});
    add(outside, limits('x'), limits('-1'), limits(-1), limits('1 Gi'), limits(true));
  }
  if (items) {
    add(outside, {}, ['{{ x }}', 1], [[]]);
    const [initial] = (schema.default ?? []) as unknown[];
    for (const [key, inner] of Object.entries(items.properties ?? {})) {
      const base = typeof initial === 'object' ? { ...initial } : example(items);
      const below = sides(inner, `${name}[].${key}`, (value) => put([{ ...base, [key]: value }]));
      inside.push(...below.inside);
      outside.push(...below.outside);
    }
  }
  return { inside, outside };
}

/** Returns an item for a list whose default is empty. */
function example({ properties = {} }: Schema): object {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, key === 'pathType' ? 'Prefix' : '/']));
}

const all = LEAVES.map(({ path, schema }) => ({
  at: path,
  ...sides(schema, path.join('.'), (value) => withValue(path, value)),
}));

/** Combines tries to few sets of values: the first try of each value, the second try of each value, and so on. */
function rounds(tries: readonly (readonly Try[])[]): object[] {
  const count = Math.max(...tries.map((own) => own.length));
  return Array.from({ length: count }, (_, round) =>
    tries.reduce<object>((values, own) => merged(values, own[round]?.values ?? {}), {}),
  );
}

test('Helm accepts every value just inside a limit', async () => {
  const inside = all.map((one) => one.inside);
  const errors = await new Variants(folder, 'inside', SCHEMA_ONLY, rounds(inside)).schemaErrors();
  expect(inside.flat().length).toBeGreaterThan(140);
  expect(errors.filter((error) => error !== '')).toEqual([]);
});

test('Helm rejects every value just outside a limit, and reports its path', async () => {
  const outside = all.map((one) => one.outside);
  const errors = await new Variants(folder, 'outside', SCHEMA_ONLY, rounds(outside)).schemaErrors();
  const accepted = all.flatMap(({ at, outside: tries }) =>
    tries.filter(({ reserved }, round) => {
      const error = errors[round] ?? '';
      return reserved === undefined ? !names(at, error) : !/invalid propertyName|Property name/.test(error);
    }),
  );
  expect(outside.flat().length).toBeGreaterThan(250);
  expect(accepted.map(({ name }) => name)).toEqual([]);
});

/** Returns whether an error names the path of a value, in the form of Helm 3 or Helm 4. */
function names(at: readonly string[], error: string): boolean {
  return new RegExp(`- (at '/${at.join('/')}['/]|${at.join('[.]')}[.:])`).test(error);
}

test('Helm rejects a typo in the name of a value or a group', async () => {
  const groups = Object.entries(SCHEMA.properties ?? {}).filter(
    ([, { properties, default: initial }]) => properties && initial === undefined,
  );
  const typos = [
    ...LEAVES.map(({ path }) => withValue([...path.slice(0, -1), `${path.at(-1) ?? ''}x`], 1)),
    ...groups.map(([name]) => ({ [`${name}x`]: {} })),
    { resources: { limit: {} } },
    { affinity: { nodeAffinitee: {} } },
    { ingress: { hosts: [{ host: 'a', paths: [{ path: '/', pathType: 'Prefix', port: 1 }] }] } },
  ];
  const errors = await new Variants(folder, 'typos', SCHEMA_ONLY, typos).schemaErrors();
  expect(groups.length).toBeGreaterThan(8);
  expect(
    typos.filter((_, i) => !/additional propert\w+ '?\w+'? (is )?not allowed/i.test(errors[i] ?? '')),
  ).toEqual([]);
});
