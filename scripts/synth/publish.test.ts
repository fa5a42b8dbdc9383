import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { publish, STAGING } from './publish';
import { filesOf } from '../../__tests__/support/dist';

const CHECKOUT = process.cwd();
let folder: string;

// publish resolves its folders against the working directory, as cdk8s does
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
  process.chdir(folder);
  mkdirSync('dist/helm', { recursive: true });
  writeFileSync('dist/helm/Chart.yaml', 'kept: true\n');
  writeFileSync('dist/step.yaml', 'old: true\n');
  writeFileSync('dist/stale.yaml', 'old: true\n');
});

afterEach(() => {
  process.chdir(CHECKOUT);
  rmSync(folder, { recursive: true, force: true });
});

function appIn(outdir: string): { app: App; chart: Chart } {
  const app = new App({ outdir, outputFileExtension: '.yaml' });
  const chart = new Chart(app, 'step', { disableResourceNameHashes: true });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
  return { app, chart };
}

const MANIFEST = '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: step-config\n';
const OLD = { 'stale.yaml': 'old: true\n', 'step.yaml': 'old: true\n' };

test('dist/ becomes what was staged: new text in, stale files and parts out, helm/ left alone', () => {
  const published = jest.fn();
  writeFileSync('dist/.step.yaml.part', 'cut sho');
  publish(appIn(STAGING).app, () => published);
  expect(published).toHaveBeenCalledTimes(1);
  expect(filesOf('dist')).toEqual({ 'step.yaml': MANIFEST });
  expect(filesOf('dist/helm')).toEqual({ 'Chart.yaml': 'kept: true\n' });
});

test('dist/ is made where there is none', () => {
  rmSync('dist', { recursive: true });
  publish(appIn(path.resolve(STAGING)).app, () => jest.fn());
  expect(filesOf('dist')).toEqual({ 'step.yaml': MANIFEST });
});

test('the files printed one after the other are still one object each', () => {
  const { app } = appIn('elsewhere');
  new ApiObject(new Chart(app, 'other'), 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
  publish(app, () => jest.fn());
  expect(parseAllDocuments(Object.values(filesOf('elsewhere')).join(''))).toHaveLength(2);
});

test('what an earlier synthesis staged is not published', () => {
  mkdirSync(STAGING);
  writeFileSync(path.join(STAGING, 'earlier.yaml'), 'old: true\n');
  publish(appIn(STAGING).app, () => jest.fn());
  expect(Object.keys(filesOf('dist'))).toEqual(['step.yaml']);
});

test('a synthesis that fails leaves dist/ as it was', () => {
  const published = jest.fn();
  const { app, chart } = appIn(STAGING);
  chart.node.addValidation({ validate: () => ['a rule is broken'] });
  expect(() => {
    publish(app, () => published);
  }).toThrow('a rule is broken');
  expect(published).not.toHaveBeenCalled();
  expect(filesOf('dist')).toEqual(OLD);
});

test('what fails after the synthesis, such as a prediction of what was made, leaves dist/ as it was', () => {
  expect(() => {
    publish(appIn(STAGING).app, () => {
      throw new Error('no such probe');
    });
  }).toThrow('no such probe');
  expect(filesOf('dist')).toEqual(OLD);
});

test('a folder of its own (CDK8S_OUTDIR, -o) is written, and never dist/', () => {
  const published = jest.fn();
  publish(appIn('elsewhere').app, () => published);
  expect(filesOf('elsewhere')).toEqual({ 'step.yaml': MANIFEST });
  expect(filesOf('dist')).toEqual(OLD);
  expect(readdirSync('.')).not.toContain(STAGING);
  expect(published).not.toHaveBeenCalled();
});
