import { FILES, LEAVES, merged, SCHEMA, withValue, type Schema } from './dist-chart';
import { ownFolder } from './support';
import { Variants } from './variants';

jest.setTimeout(60_000);

const folder = ownFolder();

/** The chart without its templates: only the schema has a say. */
const SCHEMA_ONLY = new Map([...FILES].filter(([file]) => !file.startsWith('templates/')));

interface Try {
  readonly name: string;
  readonly values: object;
  /** The key of a map that is refused; Helm tells that without the place. @default - none */
  readonly reserved?: string;
}

interface Sides {
  readonly inside: Try[];
  readonly outside: Try[];
}

/** Values on both sides of each limit of a schema. */
function sides(schema: Schema, name: string, put: (value: unknown) => object): Sides {
  const inside: Try[] = [];
  const outside: Try[] = [];
  const take = (into: Try[], ...values: unknown[]) => {
    into.push(...values.map((value) => ({ name: `${name} = ${JSON.stringify(value)}`, values: put(value) })));
  };
  const { minimum, maximum, type, pattern, items, propertyNames } = schema;
  if (minimum !== undefined) {
    take(inside, minimum);
    take(outside, minimum - 1);
  }
  if (maximum !== undefined) {
    take(inside, maximum);
    take(outside, maximum + 1);
  }
  if (type === 'integer') {
    take(outside, (minimum ?? 0) + 0.5, String(minimum ?? 1));
  }
  if (schema.enum) {
    take(inside, ...schema.enum);
    take(outside, `${schema.enum[0] ?? ''}s`, '');
  }
  if (pattern !== undefined) {
    const matches = (text: string) => new RegExp(pattern, 'u').test(text);
    const texts = [
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
    take(inside, ...texts.filter((text) => matches(text) && text.length <= (schema.maxLength ?? Infinity)));
    take(outside, ...texts.filter((text) => !matches(text)));
  }
  if (schema.minLength !== undefined) {
    take(outside, 'x'.repeat(schema.minLength - 1));
  }
  if (schema.maxLength !== undefined) {
    take(inside, 'x'.repeat(schema.maxLength));
    take(outside, 'x'.repeat(schema.maxLength + 1));
  }
  if (schema.minItems !== undefined) {
    take(outside, []);
  }
  if (propertyNames && 'not' in propertyNames) {
    const { not } = propertyNames as { not: { const?: string; pattern?: string } };
    take(inside, { 'example.org/x': 'y' });
    const reserved = not.const ?? 'app.kubernetes.io/name';
    outside.push({ name, values: put({ [reserved]: 'y' }), reserved });
  }
  if (schema.anyOf) {
    take(outside, -1, 101, 'many', '1000%', true);
    take(inside, 0, 100, '0%', '100%');
  }
  if (type === 'boolean') {
    take(inside, true, false);
    take(outside, 'true', 1);
  }
  if (type === 'string') {
    take(outside, 1, true);
  }
  if (type === 'object') {
    take(outside, [], 'x');
  }
  if (schema.properties?.['limits']) {
    const limits = (cpu: unknown) => ({ limits: { cpu } });
    take(inside, limits('100m'), limits('1.5'), limits(2), { requests: { memory: '1Gi' } }, {});
    take(outside, limits('x'), limits('-1'), limits(-1), limits('1 Gi'), limits(true));
  }
  if (items) {
    take(outside, {}, ['{{ x }}', 1], [[]]);
    const [usual] = (schema.default ?? []) as unknown[];
    for (const [key, inner] of Object.entries(items.properties ?? {})) {
      const base = typeof usual === 'object' ? { ...usual } : example(items);
      const below = sides(inner, `${name}[].${key}`, (value) => put([{ ...base, [key]: value }]));
      inside.push(...below.inside);
      outside.push(...below.outside);
    }
  }
  return { inside, outside };
}

/** An item of a list that has no default of its own. */
function example({ properties = {} }: Schema): object {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, key === 'pathType' ? 'Prefix' : '/']));
}

const all = LEAVES.map(({ path, schema }) => ({
  at: path,
  ...sides(schema, path.join('.'), (value) => withValue(path, value)),
}));

/** Values of which each tries one of every value's: the first of all, the second of all, and so on. */
function rounds(tries: readonly (readonly Try[])[]): object[] {
  const count = Math.max(...tries.map((own) => own.length));
  return Array.from({ length: count }, (_, round) =>
    tries.reduce<object>((values, own) => merged(values, own[round]?.values ?? {}), {}),
  );
}

test('Helm takes every value just inside a limit', async () => {
  const inside = all.map((one) => one.inside);
  const refusals = await new Variants(folder, 'inside', SCHEMA_ONLY, rounds(inside)).refusals();
  expect(inside.flat().length).toBeGreaterThan(140);
  expect(refusals.filter((refusal) => refusal !== '')).toEqual([]);
});

test('Helm refuses every value just outside a limit, and says where', async () => {
  const outside = all.map((one) => one.outside);
  const refusals = await new Variants(folder, 'outside', SCHEMA_ONLY, rounds(outside)).refusals();
  const silent = all.flatMap(({ at, outside: tries }) =>
    tries.filter(({ reserved }, round) => {
      const refusal = refusals[round] ?? '';
      return reserved === undefined
        ? !placed(at, refusal)
        : !/invalid propertyName|Property name/.test(refusal);
    }),
  );
  expect(outside.flat().length).toBeGreaterThan(250);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

/** How Helm 4 names the place of what is wrong, or Helm 3. */
function placed(at: readonly string[], refusal: string): boolean {
  return new RegExp(`- (at '/${at.join('/')}['/]|${at.join('[.]')}[.:])`).test(refusal);
}

test('a typo in the name of a value, or of a group, is refused by its name', async () => {
  const groups = Object.entries(SCHEMA.properties ?? {}).filter(
    ([, { properties, default: usual }]) => properties && usual === undefined,
  );
  const typos = [
    ...LEAVES.map(({ path }) => withValue([...path.slice(0, -1), `${path.at(-1) ?? ''}x`], 1)),
    ...groups.map(([name]) => ({ [`${name}x`]: {} })),
    { resources: { limit: {} } },
    { affinity: { nodeAffinitee: {} } },
    { ingress: { hosts: [{ host: 'a', paths: [{ path: '/', pathType: 'Prefix', port: 1 }] }] } },
  ];
  const refusals = await new Variants(folder, 'typos', SCHEMA_ONLY, typos).refusals();
  expect(groups.length).toBeGreaterThan(8);
  expect(
    typos.filter((_, i) => !/additional propert\w+ '?\w+'? (is )?not allowed/i.test(refusals[i] ?? '')),
  ).toEqual([]);
});
