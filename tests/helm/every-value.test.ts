import { HelmFolder } from '@online-inference/cdk8s-helm/testing';
import Ajv from 'ajv';
import { FILES, LEAVES, merged, withValue, type Leaf } from './dist-chart';
import { Variants } from './variants';

jest.setTimeout(60_000);

const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

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

/** Values of every type. The first that a schema accepts is its changed value. */
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

/** Returns a value that the schema accepts, and that is not the default. */
function changed({ schema }: Leaf): unknown {
  const { type, minimum, maximum = Infinity, default: initial } = schema;
  if (typeof initial === 'boolean') {
    return !initial;
  }
  if (typeof initial === 'number' && minimum !== undefined) {
    const step = type === 'integer' ? 1 : 0.125;
    return initial + step <= maximum ? initial + step : initial - step;
  }
  const candidates = [...(schema.enum ?? []), 2, ...CANDIDATES].filter((value) => value !== initial);
  const found = candidates.find((value) => ajv.validate(schema, value));
  if (found === undefined) {
    throw new Error(`no candidate matches ${JSON.stringify(schema)}; add one to CANDIDATES`);
  }
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
  const outputs = await new Variants(folder, 'every-value', FILES, variants).outputs();
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
