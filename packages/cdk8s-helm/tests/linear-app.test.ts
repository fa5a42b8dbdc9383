import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiObject, App, Chart, YamlOutputType, type AppProps } from 'cdk8s';
import { Construct } from 'constructs';
import { homework } from '../../../charts';
import { LinearApp } from '../src/linear-app';
import { settings } from '../../../__tests__/support/synth';

const configMap = (scope: Construct, id: string): ApiObject =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });

function filesUnder(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

/** What an app of each kind writes. */
function written(
  make: (app: App) => void,
  props: AppProps = {},
): [files: Record<string, string>, yaml: string][] {
  return [App, LinearApp].map((Kind) => {
    const outdir = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
    try {
      const app = new Kind({ ...props, outdir });
      make(app);
      app.synth();
      return [filesUnder(outdir), app.synthYaml()];
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
}

function expectSame(make: (app: App) => void, files: number, props: AppProps = {}): void {
  const [theirs, ours] = written(make, props);
  expect(ours).toEqual(theirs);
  expect(Object.keys(ours?.[0] ?? {})).toHaveLength(files);
}

/** Charts in charts, and objects that depend on others of their own chart and of another. */
function entangled(app: App): void {
  const outer = new Chart(app, 'outer', { namespace: 'here' });
  const inner = new Chart(outer, 'inner', { labels: { in: 'inner' } });
  const other = new Chart(app, 'other', { disableResourceNameHashes: true });
  const group = new Construct(other, 'group');
  const [a, b, c, d] = [
    configMap(outer, 'a'),
    configMap(inner, 'b'),
    configMap(group, 'c'),
    configMap(group, 'd'),
  ];
  c.addDependency(d);
  a.addDependency(other);
  group.node.addDependency(b);
}

test('several copies of the homework come out as those of cdk8s, byte by byte', () => {
  expectSame((app) => {
    for (const copy of ['one', 'two', 'three']) homework(new Construct(app, copy), settings);
  }, 21);
});

test.each([
  ['FILE_PER_APP', 1],
  ['FILE_PER_CHART', 3],
  ['FILE_PER_RESOURCE', 4],
  ['FOLDER_PER_CHART_FILE_PER_RESOURCE', 4],
] as const)('dependencies between charts and objects order them as in cdk8s: %s', (type, files) => {
  expectSame(entangled, files, { yamlOutputType: YamlOutputType[type] });
});

class Stamped extends Chart {
  override toJson(): unknown[] {
    return [...(super.toJson() as unknown[]), { kind: 'Stamp' }];
  }
}

test("a chart's own toJson is kept", () => {
  expectSame((app) => configMap(new Stamped(app, 'stamped'), 'a'), 1);
});

test('a validation that fails stops the synthesis with the errors of cdk8s, and each is asked once', () => {
  const messages = [App, LinearApp].map((Kind) => {
    const app = new Kind();
    const validate = jest.fn(() => ['a rule is broken']);
    for (const id of ['one', 'two']) new Chart(app, id).node.addValidation({ validate });
    let message = '';
    try {
      app.synthYaml();
    } catch (error) {
      message = String(error);
    }
    return { message, asked: validate.mock.calls.length };
  });
  expect(messages[1]).toEqual(messages[0]);
  expect(messages[1]).toEqual({
    message: expect.stringContaining('[two] a rule is broken') as string,
    asked: 2,
  });
});

test('rules are asked once for each chart, however many charts there are', () => {
  const validate = jest.fn((): string[] => []);
  const app = new LinearApp();
  for (let i = 0; i < 20; i++) new Chart(app, `chart-${i}`).node.addValidation({ validate });
  app.synthYaml();
  expect(validate).toHaveBeenCalledTimes(20);
});

test('afterwards a chart is asked for its JSON as before', () => {
  const app = new LinearApp();
  const chart = new Chart(app, 'chart');
  chart.node.addValidation({ validate: () => ['a rule is broken'] });
  expect(() => app.synthYaml()).toThrow('a rule is broken');
  expect(() => void chart.toJson()).toThrow('a rule is broken');
});
