import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiObject, App, Chart, YamlOutputType, type AppProps } from 'cdk8s';
import { ConfigMap, Deployment, Env, Pod } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LinearApp } from '../src';

const configMap = (scope: Construct, id: string): ApiObject =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });

function filesUnder(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

/** Asserts that both kinds of App write the same files, and how many. */
function expectSame(make: (app: App) => void, count: number, props: AppProps = {}): void {
  const [theirs, ours] = [App, LinearApp].map((Kind) => {
    const outdir = mkdtempSync(path.join(os.tmpdir(), 'linear-app-'));
    try {
      const app = new Kind({ ...props, outdir });
      make(app);
      app.synth();
      return { files: filesUnder(outdir), yaml: app.synthYaml() };
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
  expect(ours).toEqual(theirs);
  expect(Object.keys(ours?.files ?? {})).toHaveLength(count);
}

/** Two charts of cdk8s-plus, whose objects find each other through the tree of constructs. */
function workloads(scope: Construct): void {
  const container = { image: 'web:1', portNumber: 80 };
  new Pod(new Chart(scope, 'pod'), 'pod', { containers: [container] });
  const chart = new Chart(scope, 'deployment', { labels: { app: 'web' } });
  const { name } = new ConfigMap(chart, 'config', { data: { LEVEL: 'info' } });
  const deployment = new Deployment(chart, 'deployment', {
    containers: [
      { ...container, envFrom: [Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'config-name', name))] },
    ],
  });
  deployment.exposeViaService();
}

/** Nested charts, and objects that depend on objects of their own chart and of another. */
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

test('writes several copies of charts byte for byte as cdk8s does', () => {
  expectSame((app) => {
    for (const copy of ['one', 'two', 'three']) workloads(new Construct(app, copy));
  }, 6);
});

test.each([
  ['FILE_PER_APP', 1],
  ['FILE_PER_CHART', 3],
  ['FILE_PER_RESOURCE', 4],
  ['FOLDER_PER_CHART_FILE_PER_RESOURCE', 4],
] as const)('orders charts and objects by their dependencies as cdk8s does: %s', (type, files) => {
  expectSame(entangled, files, { yamlOutputType: YamlOutputType[type] });
});

class Stamped extends Chart {
  override toJson(): unknown[] {
    return [...(super.toJson() as unknown[]), { kind: 'Stamp' }];
  }
}

test('calls an overridden toJson of a chart', () => {
  expectSame((app) => configMap(new Stamped(app, 'stamped'), 'a'), 1);
});

test('fails with the errors of cdk8s when a validation fails', () => {
  const [theirs, ours] = [new App(), new LinearApp()].map((app) => {
    for (const id of ['one', 'two']) {
      new Chart(app, id).node.addValidation({ validate: () => ['a rule is broken'] });
    }
    try {
      return app.synthYaml();
    } catch (error) {
      return String(error);
    }
  });
  expect(ours).toBe(theirs);
  expect(ours).toContain('[two] a rule is broken');
});

test('calls each validation once for 20 charts', () => {
  const validate = jest.fn((): string[] => []);
  const app = new LinearApp();
  for (let i = 0; i < 20; i++) new Chart(app, `chart-${i}`).node.addValidation({ validate });
  app.synthYaml();
  expect(validate).toHaveBeenCalledTimes(20);
});

test('restores toJson of the charts after synthesis', () => {
  const app = new LinearApp();
  const chart = new Chart(app, 'chart');
  chart.node.addValidation({ validate: () => ['a rule is broken'] });
  expect(() => app.synthYaml()).toThrow('a rule is broken');
  expect(() => void chart.toJson()).toThrow('a rule is broken');
});
