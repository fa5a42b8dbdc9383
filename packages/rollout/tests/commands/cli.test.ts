import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTimeline } from '../../src/index.ts';
import { controller, pod, readinessProbe } from '../manifests.ts';
import { rollout } from '../run.ts';

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
const change = ['--image', 'web:v2', '--draws', '5'];

test('check reads what predict --json prints, and exits with 0 for yes and 1 for no', async () => {
  const { code, out } = await rollout(['predict', rolling(), ...change, '--json']);
  expect(code).toBe(0);
  expect((await rollout(['check', '-', '--expect', 'rolling'], out)).code).toBe(0);
  const no = await rollout(['check', '-', '--expect', 'blue-green', '--json'], out);
  expect(no.code).toBe(1);
  expect(JSON.parse(no.out)).toMatchObject([{ expect: 'blue-green', holds: false }]);
});

test('check exits with 1 unless all expectations hold', async () => {
  const { out } = await rollout(['predict', rolling(), ...change, '--json']);
  expect((await rollout(['check', '-', '-e', 'rolling', '-e', 'settled'], out)).code).toBe(0);
  expect((await rollout(['check', '-', '-e', 'rolling', '-e', 'full-strength'], out)).code).toBe(1);
});

test('predict describes the rollout, and writes the timeline to a file', async () => {
  const output = path.join(folder, 'plan.json');
  const { code, out } = await rollout(['predict', rolling(), ...change, '-o', output]);
  expect(code).toBe(0);
  expect(out).toContain('Deployment/web, predicted: image web:v2');
  expect(out).toMatch(/rolling +at .* old pods are gone/);
  expect(parseTimeline(readFileSync(output, 'utf8')).workload.name).toBe('web');
});

test('compare exits with 0 if the timelines agree and with 1 if they differ', async () => {
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

test('predict passes its options to the prediction', async () => {
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
  expect(prediction).toMatchObject({ draws: { first: 7 }, options: { pods: 4, nodes: 2, relist: 0 } });
  expect(changes).toMatchObject([{ image: 'web:v2' }, { at: 5, replicas: 4 }]);
});

const bomb = [
  'a0: &a0 [x]',
  ...Array.from({ length: 8 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`),
].join('\n');

const bad: [string, () => string[], string][] = [
  ['missing file', () => ['predict', 'nowhere.yaml', ...change], 'cannot read nowhere.yaml: ENOENT'],
  ['no workload', () => ['predict', file('s.yaml', 'apiVersion: v1\nkind: Service')], 'has no workload'],
  ['replicas of a Pod', () => ['predict', file('p.json', pod()), '--replicas', '2'], 'a Pod has no replicas'],
  [
    'replicas that are not a number',
    () => ['predict', rolling(), '--replicas', 'two'],
    'expected an integer from 0',
  ],
  [
    'a later change without a time',
    () => ['predict', rolling(), '--then', 'replicas=5'],
    'expected seconds and a change',
  ],
  [
    'a later change of an unknown field',
    () => ['predict', rolling(), '--then', '20 spec.foo=1'],
    '--then at 20 s: --set spec.foo: spec has no foo',
  ],
  ['an unknown timing', () => ['predict', rolling(), '--timing', 'lunch=3'], 'expected name=seconds'],
  [
    'a timing that is a property of every object',
    () => ['predict', rolling(), '--timing', 'toString=1'],
    'expected name',
  ],
  ['a capacity of 0', () => ['predict', rolling(), '--capacity', '0'], 'expected an integer from 1'],
  [
    'a capacity of 0 pods',
    () => ['predict', rolling(), '--capacity', 'pods=0'],
    'expected an integer from 1',
  ],
  [
    'an old apiVersion',
    () => ['predict', file('old.json', { ...controller(), apiVersion: 'extensions/v1beta1' })],
    'only Deployment/web of extensions/v1beta1',
  ],
  [
    'a missing spec',
    () => ['predict', file('n.json', { ...controller(), spec: undefined })],
    'spec.selector: Required value; spec.template.spec.containers: Required value',
  ],
  [
    'an alias bomb',
    () => ['predict', file('bomb.yaml', bomb)],
    'bomb.yaml is not YAML: document contains excessive aliasing',
  ],
  [
    'more replicas than an int32',
    () => ['predict', rolling(), '--replicas', '3000000000'],
    'cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32',
  ],
  [
    'more pods than a cluster can have',
    () => ['predict', rolling(), '--replicas', '150001'],
    'spec.replicas is 150001, expected at most 150000',
  ],
  ['an unknown option', () => ['predict', rolling(), '--imgae', 'x'], "unknown option '--imgae'"],
  ['an unknown command', () => ['predcit'], "unknown command 'predcit'"],
  ['a broken timeline', () => ['check', file('b.json', '{}')], 'is not a timeline'],
  ['an unknown situation', () => ['check', file('t.json', '{}'), '--expect', 'x'], 'is not a timeline'],
  ['standard input twice', () => ['compare', '-', '-'], 'only one timeline'],
];
test.each(bad)('exits with 2 and one line: %s', async (_title, args, message) => {
  const { code, err, out } = await rollout(args());
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(2); // commander adds a suggestion
  expect(out).toBe('');
});

test.each([
  [['--help']],
  ...['predict', 'record', 'check', 'compare', 'draw'].map((name) => [[name, '--help']]),
])('%j shows examples and explains the exit codes', async (args) => {
  const { code, out } = await rollout(args);
  expect(code).toBe(0);
  expect(out).toContain('$ rollout ');
  expect(out).toContain('Exit codes:');
});

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
/** The lines that follow a command in the README, up to the next ellipsis or the end of the block. */
const outputOf = (command: string): string[] =>
  (new RegExp(`\\$ npx rollout ${command}[^\\n]*\\n([^\`]*)`).exec(readme)?.[1] ?? '')
    .split('\n')
    .filter((line) => /^(always|race|never) |^ +-?\d+\.\d /.test(line));

test('the README shows what predict and check print', async () => {
  const fields = { replicas: 3, maxSurge: 1, maxUnavailable: 0, container: { readinessProbe } };
  const manifest = JSON.stringify(controller(fields));
  const options = ['--image', 'shop:v2', '--start-delay', 'new=15'];
  const predicted = (await rollout(['predict', '-', ...options], manifest)).out.split('\n');
  const { out: plan } = await rollout(['predict', '-', ...options, '--json'], manifest);
  const expectations = ['--expect', 'no-outage', '--expect', 'not-blue-green'];
  const checked = (await rollout(['check', '-', ...expectations], plan)).out.split('\n');
  expect(outputOf('predict')).toHaveLength(6);
  expect(predicted).toEqual(expect.arrayContaining(outputOf('predict')));
  expect(outputOf('check')).toHaveLength(2);
  expect(checked).toEqual(expect.arrayContaining(outputOf('check')));
});
