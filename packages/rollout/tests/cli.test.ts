import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTimeline } from '../src';
import { controller, pod } from './manifests';
import { rollout } from './run';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollout-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, value: unknown): string {
  const full = path.join(folder, name);
  writeFileSync(full, typeof value === 'string' ? value : JSON.stringify(value));
  return full;
}

const rolling = () => file('rolling.json', controller({ replicas: 3, maxSurge: 1, maxUnavailable: 1 }));
const change = ['--image', 'web:v2'];

test('predict --json is a timeline that check reads from standard input: 0 for yes, 1 for no', async () => {
  const { code, out } = await rollout(['predict', rolling(), ...change, '--json']);
  expect(code).toBe(0);
  expect((await rollout(['check', '-', '--expect', 'rolling'], out)).code).toBe(0);
  const no = await rollout(['check', '-', '--expect', 'blue-green', '--json'], out);
  expect(no.code).toBe(1);
  expect(JSON.parse(no.out)).toMatchObject([{ expect: 'blue-green', holds: false }]);
});

test('several expectations must all hold', async () => {
  const { out } = await rollout(['predict', rolling(), ...change, '--json']);
  expect((await rollout(['check', '-', '-e', 'rolling', '-e', 'settled'], out)).code).toBe(0);
  expect((await rollout(['check', '-', '-e', 'rolling', '-e', 'full-strength'], out)).code).toBe(1);
});

test('predict tells people what happens, and writes the timeline to a file', async () => {
  const output = path.join(folder, 'plan.json');
  const { code, out } = await rollout(['predict', rolling(), ...change, '-o', output]);
  expect(code).toBe(0);
  expect(out).toContain('Deployment/web, predicted: image web:v2');
  expect(out).toMatch(/rolling +at .* old pods have gone/);
  expect(parseTimeline(readFileSync(output, 'utf8')).workload.name).toBe('web');
});

test('compare says 0 for two that agree and 1 for two that differ', async () => {
  const [a, b] = [path.join(folder, 'a.json'), path.join(folder, 'b.json')];
  await rollout(['predict', rolling(), ...change, '-o', a]);
  await rollout([
    'predict',
    rolling(),
    ...change,
    '--set',
    'spec.strategy.rollingUpdate.maxSurge=3',
    '-o',
    b,
  ]);
  expect((await rollout(['compare', a, a])).code).toBe(0);
  const { code, out } = await rollout(['compare', a, b, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ agree: false });
});

test('options of predict reach the prediction', async () => {
  const options = [
    '--start-delay',
    'old=1,new=20',
    '--capacity',
    'pods=4,nodes=2',
    '--then',
    '5 replicas=4',
    '--timing',
    'relist=0',
  ];
  const { code, out } = await rollout(['predict', rolling(), ...change, ...options, '--seed', '7', '--json']);
  expect(code).toBe(0);
  const { prediction, changes } = parseTimeline(out);
  expect(prediction).toMatchObject({ seed: 7, options: { pods: 4, nodes: 2, relist: 0 } });
  expect(changes).toMatchObject([{ image: 'web:v2' }, { at: 5, replicas: 4 }]);
});

const bomb = [
  'a0: &a0 [x]',
  ...Array.from({ length: 8 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`),
].join('\n');

const bad: [string, () => string[], string][] = [
  ['no such file', () => ['predict', 'nowhere.yaml', ...change], 'cannot read nowhere.yaml: ENOENT'],
  ['not a workload', () => ['predict', file('s.yaml', 'apiVersion: v1\nkind: Service')], 'has no workload'],
  ['replicas of a Pod', () => ['predict', file('p.json', pod()), '--replicas', '2'], 'a Pod has no replicas'],
  [
    'replicas that are no number',
    () => ['predict', rolling(), '--replicas', 'two'],
    'expected a whole number from 0',
  ],
  [
    'a later change without its time',
    () => ['predict', rolling(), '--then', 'replicas=5'],
    'expected seconds and a change',
  ],
  [
    'a later change of a field that is not there',
    () => ['predict', rolling(), '--then', '20 spec.foo=1'],
    '--then at 20 s: --set spec.foo',
  ],
  ['an unknown timing', () => ['predict', rolling(), '--timing', 'lunch=3'], 'expected name=seconds'],
  [
    'a timing that only every object has',
    () => ['predict', rolling(), '--timing', 'toString=1'],
    'expected name',
  ],
  ['no room at all', () => ['predict', rolling(), '--capacity', '0'], 'expected a whole number from 1'],
  [
    'no room for pods',
    () => ['predict', rolling(), '--capacity', 'pods=0'],
    'expected a whole number from 1',
  ],
  [
    'an old apiVersion',
    () => ['predict', file('old.json', { ...controller(), apiVersion: 'extensions/v1beta1' })],
    'only Deployment/web of extensions/v1beta1',
  ],
  [
    'no spec',
    () => ['predict', file('n.json', { ...controller(), spec: undefined })],
    'spec is missing, expected an object',
  ],
  [
    'an alias bomb',
    () => ['predict', file('bomb.yaml', bomb)],
    'bomb.yaml is not a manifest: Excessive alias count',
  ],
  [
    'more replicas than an int32',
    () => ['predict', rolling(), '--replicas', '3000000000'],
    'spec.replicas is 3000000000, expected a whole number from 0 to 2147483647',
  ],
  [
    'more pods than a cluster has',
    () => ['predict', rolling(), '--replicas', '150001'],
    'spec.replicas is 150001, expected at most 150000',
  ],
  ['an unknown option', () => ['predict', rolling(), '--imgae', 'x'], "unknown option '--imgae'"],
  ['an unknown command', () => ['predcit'], "unknown command 'predcit'"],
  ['a broken timeline', () => ['check', file('b.json', '{}')], 'is not a timeline'],
  ['an unknown situation', () => ['check', file('t.json', '{}'), '--expect', 'x'], 'is not a timeline'],
  ['two standard inputs', () => ['compare', '-', '-'], 'only one timeline'],
];
test.each(bad)('exit code 2 and one line: %s', async (_title, args, message) => {
  const { code, err, out } = await rollout(args());
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(2); // commander adds what was perhaps meant
  expect(out).toBe('');
});

test.each([[['--help']], [['predict', '--help']], [['check', '--help']], [['compare', '--help']]])(
  '%j teaches with examples and says what exit codes mean',
  async (args) => {
    const { code, out } = await rollout(args);
    expect(code).toBe(0);
    expect(out).toContain('$ rollout ');
    expect(out).toContain('Exit codes:');
  },
);
