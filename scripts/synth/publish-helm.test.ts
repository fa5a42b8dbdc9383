import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { publishHelm } from './publish-helm';

const CHECKOUT = process.cwd();
let folder: string;

// publishHelm resolves its folder against the working directory, as publish does
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(CHECKOUT);
  rmSync(folder, { recursive: true, force: true });
});

const FILES = new Map([
  ['Chart.yaml', 'name: x\n'],
  ['templates/tests/pod.yaml', 'kind: Pod\n'],
]);

test('a chart is made where there is none', () => {
  expect(publishHelm('x', FILES)).toBe('dist/helm/x');
  expect(readFileSync('dist/helm/x/templates/tests/pod.yaml', 'utf8')).toBe('kind: Pod\n');
});

test('what the chart no longer has goes, and so does what a run that was cut short left', () => {
  mkdirSync('dist/helm/x/templates', { recursive: true });
  writeFileSync('dist/helm/x/templates/stale.yaml', 'old: true\n');
  mkdirSync('dist/helm/.x.part');
  writeFileSync('dist/helm/.x.part/cut', 'sho');
  publishHelm('x', FILES);
  expect(readdirSync('dist/helm')).toEqual(['x']);
  expect(existsSync('dist/helm/x/templates/stale.yaml')).toBe(false);
  expect(readdirSync('dist/helm/x').sort()).toEqual(['Chart.yaml', 'templates']);
});

test('what else is in dist/ stays', () => {
  mkdirSync('dist/helm/other', { recursive: true });
  writeFileSync('dist/step.yaml', 'kept: true\n');
  publishHelm('x', FILES);
  expect(readFileSync('dist/step.yaml', 'utf8')).toBe('kept: true\n');
  expect(readdirSync('dist/helm').sort()).toEqual(['other', 'x']);
});
