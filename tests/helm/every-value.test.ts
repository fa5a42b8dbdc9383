import Ajv from 'ajv';
import { candidates } from './candidates';
import { FILES, type Leaf, LEAVES, merged, withValue } from './dist-chart';
import { outputsOf } from './variants';

const enabled = (...features: string[]) =>
  Object.fromEntries(features.map((feature) => [feature, { enabled: true }]));

interface Base {
  readonly values: object;
  /** Group whose values are changed. @default - every value */
  readonly group?: string;
}

/** A value may apply only if a feature is on, or only to one strategy: each is changed on each base. */
const BASES: readonly Base[] = [
  { values: {} },
  {
    values: {
      ...enabled('topologySpread', 'ingress', 'httpRoute', 'serviceMonitor', 'dashboard'),
      autoscaling: { enabled: true },
      serviceAccount: { create: true },
    },
  },
  { values: { strategy: { type: 'blue-green' } }, group: 'strategy' },
  { values: { strategy: { type: 'free' } }, group: 'strategy' },
];

const ajv = new Ajv({ strict: false });

/** Returns a value that the schema accepts, and that is not the default. */
function changed({ schema }: Leaf): unknown {
  const found = candidates(schema).find((value) => value !== schema.default && ajv.validate(schema, value));
  if (found === undefined) throw new Error(`no candidate matches ${JSON.stringify(schema)}`);
  return found;
}

test('each value changes the rendered objects or the `helm test` pod', async () => {
  const tries = BASES.flatMap(({ values, group }) => {
    // service.nodePort needs this type
    const base = merged({ service: { type: 'LoadBalancer' } }, values);
    return LEAVES.filter(({ path }) => group === undefined || path[0] === group).map((leaf) => ({
      name: leaf.path.join('.'),
      base,
      values: merged(base, withValue(leaf.path, changed(leaf))),
    }));
  });
  const bases = [...new Set(tries.map(({ base }) => base))];
  const variants = [...bases, ...tries.map((one) => one.values)];
  const outputs = await outputsOf(FILES, variants);
  const effective = tries.filter(({ base }, i) => outputs[bases.indexOf(base)] !== outputs[bases.length + i]);
  expect(LEAVES.length).toBeGreaterThan(60);
  expect(outputs).not.toContain('');
  expect([...new Set(effective.map(({ name }) => name))].sort()).toEqual(
    LEAVES.map(({ path }) => path.join('.')).sort(),
  );
});

test('values.yaml contains every value of the schema, below a comment', () => {
  const lines = (FILES.get('values.yaml') ?? '').split('\n');
  for (const { path } of LEAVES) {
    const key = `${'  '.repeat(path.length - 1)}${path.at(-1) ?? ''}:`;
    const at = lines.findIndex((line) => line.startsWith(key));
    expect([key, lines[at - 1]?.trimStart().slice(0, 2)]).toEqual([key, '# ']);
  }
});

test('the table in README.md contains every value', () => {
  const rows = (FILES.get('README.md') ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => row.split('`')[1])).toEqual(LEAVES.map(({ path }) => path.join('.')));
});
