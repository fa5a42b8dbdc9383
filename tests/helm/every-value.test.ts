import Ajv from 'ajv';
import { FILES, LEAVES, merged, withValue, type Leaf } from './dist-chart';
import { ownFolder } from './support';
import { Variants } from './variants';

jest.setTimeout(60_000);

const folder = ownFolder();

const enabled = (...features: string[]) =>
  Object.fromEntries(features.map((feature) => [feature, { enabled: true }]));

interface Surroundings {
  readonly values: object;
  /** The group that is tried in them. @default - every value */
  readonly of?: string;
}

/** Values may be about what is off, or about another strategy: each is tried where it has something to say. */
const SURROUNDINGS: readonly Surroundings[] = [
  { values: {} },
  {
    values: {
      ...enabled('topologySpread', 'ingress', 'httpRoute', 'serviceMonitor', 'dashboard'),
      autoscaling: { enabled: true },
      serviceAccount: { create: true },
    },
  },
  { values: { strategy: { type: 'blue-green' } }, of: 'strategy' },
  { values: { strategy: { type: 'free' } }, of: 'strategy' },
];

/** Values of every shape; the first that a value's schema takes is its other value. */
const CANDIDATES: readonly unknown[] = [
  'changed',
  `sha256:${'c'.repeat(64)}`,
  '/changed',
  '99s',
  { 'example.org/changed': 'yes' },
  { limits: { cpu: '3' } },
  { nodeAffinity: {} },
  { type: 'Recreate' },
  [{ host: 'changed.example', paths: [{ path: '/', pathType: 'Prefix' }] }],
  [{ name: 'changed' }],
  ['changed.example'],
];

const ajv = new Ajv({ strict: false });

/** Another value than the default, by what the schema takes. */
function other({ schema }: Leaf): unknown {
  const { type, minimum, maximum = Infinity, default: usual } = schema;
  if (typeof usual === 'boolean') {
    return !usual;
  }
  if (typeof usual === 'number' && minimum !== undefined) {
    const step = type === 'integer' ? 1 : 0.125;
    return usual + step <= maximum ? usual + step : usual - step;
  }
  const candidates = [...(schema.enum ?? []), 2, ...CANDIDATES].filter((value) => value !== usual);
  const found = candidates.find((value) => ajv.validate(schema, value));
  if (found === undefined) {
    throw new Error(`no other value for ${JSON.stringify(schema)}`);
  }
  return found;
}

test('a value that is changed changes what is installed, or what `helm test` asks: each of them', async () => {
  const tries = SURROUNDINGS.flatMap(({ values, of }) => {
    // where a port of the nodes is possible
    const around = merged({ service: { type: 'LoadBalancer' } }, values);
    return LEAVES.filter(({ path }) => of === undefined || path[0] === of).map((leaf) => ({
      name: leaf.path.join('.'),
      around,
      changed: merged(around, withValue(leaf.path, other(leaf))),
    }));
  });
  const bases = [...new Set(tries.map(({ around }) => around))];
  const variants = [...bases, ...tries.map(({ changed }) => changed)];
  const texts = await new Variants(folder, 'every-value', FILES, variants).texts();
  const effective = tries.filter(({ around }, i) => texts[bases.indexOf(around)] !== texts[bases.length + i]);
  expect(LEAVES.length).toBeGreaterThan(60);
  expect(texts).not.toContain('');
  expect([...new Set(effective.map(({ name }) => name))].sort()).toEqual(
    LEAVES.map(({ path }) => path.join('.')).sort(),
  );
});

test('values.yaml holds every value of the schema, below what it is', () => {
  const lines = (FILES.get('values.yaml') ?? '').split('\n');
  for (const { path } of LEAVES) {
    const key = `${'  '.repeat(path.length - 1)}${path.at(-1) ?? ''}:`;
    const at = lines.findIndex((line) => line.startsWith(key));
    expect([key, lines[at - 1]?.trimStart().slice(0, 2)]).toEqual([key, '# ']);
  }
});

test("the README's table holds every value", () => {
  const rows = (FILES.get('README.md') ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => row.split('`')[1])).toEqual(LEAVES.map(({ path }) => path.join('.')));
});
