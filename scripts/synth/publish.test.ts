import { buildSync } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { temporaryFolder } from '../../__tests__/support/project';
import { publish } from './publish';

let project: string;

beforeEach(() => {
  project = temporaryFolder();
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

const FILES = {
  'step.yaml': 'kind: Pod\n',
  'helm/x/Chart.yaml': 'name: x\n',
  'helm/x/templates/pod.yaml': '{}\n',
};

const publishFiles = (files: Readonly<Record<string, string>>): void => {
  publish(new Map(Object.entries(files)), project);
};

/** Returns every file of dist/ by its path. */
function published(): Record<string, string> {
  const dist = path.join(project, 'dist');
  const entries = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const files = entries.filter((file) => statSync(path.join(dist, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(dist, file), 'utf8')]));
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), content);
}

test('creates dist/', () => {
  publishFiles(FILES);
  expect(published()).toEqual(FILES);
});

test('deletes a file that an earlier run published, and keeps a file of another origin', () => {
  publishFiles({ ...FILES, 'old-step.yaml': 'kind: Pod\n', 'helm/x/templates/old.yaml': '{}\n' });
  write('dist/theirs.yaml', 'kind: Pod\n');
  write('dist/helm/x/my-values.yaml', 'a: 1\n');
  publishFiles(FILES);
  expect(published()).toEqual({ ...FILES, 'theirs.yaml': 'kind: Pod\n', 'helm/x/my-values.yaml': 'a: 1\n' });
});

test('does not write a file that has not changed', () => {
  publishFiles(FILES);
  const step = path.join(project, 'dist/step.yaml');
  utimesSync(step, 1, 1);
  publishFiles({ ...FILES, 'helm/x/Chart.yaml': 'name: y\n' });
  expect(statSync(step).mtimeMs).toBe(1000);
  expect(published()['helm/x/Chart.yaml']).toBe('name: y\n');
});

test('replaces an edited file, and removes what a killed run left', () => {
  publishFiles(FILES);
  write('dist/step.yaml', 'edited: true\n');
  write('dist/.staging/cut', 'sho');
  publishFiles(FILES);
  expect(published()).toEqual(FILES);
});

test('does not change dist/ if a file cannot be written', () => {
  publishFiles(FILES);
  write('dist/sub', 'a file, not a folder');
  expect(() => {
    publishFiles({ 'step.yaml': 'new: true\n', [`${'x'.repeat(300)}.yaml`]: 'name too long\n' });
  }).toThrow('ENAMETOOLONG');
  expect(published()).toMatchObject(FILES);
});

test('takes over the lock of a killed run', () => {
  const lock = 'node_modules/.cache/synth/publish.lock';
  mkdirSync(path.join(project, lock), { recursive: true });
  utimesSync(path.join(project, lock), 1, 1);
  publishFiles(FILES);
  expect(published()).toEqual(FILES);
});

test('concurrent runs leave the complete result of one of them', async () => {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, 'publish.ts')],
    bundle: true,
    platform: 'node',
    format: 'iife',
    globalName: 'publisher',
    write: false,
  });
  const script = `${outputFiles[0]?.text ?? ''}
    const { project, name } = require('node:worker_threads').workerData;
    for (let run = 0; run < 25; run++) {
      const files = ['a.yaml', 'b.yaml', 'helm/x/Chart.yaml', 'helm/x/' + name + '.yaml'];
      publisher.publish(new Map(files.map((file) => [file, name + run])), project);
    }`;
  const exits = ['one', 'two', 'three'].map((name) => {
    const worker = new Worker(script, { eval: true, workerData: { project, name } });
    return new Promise((resolve) => worker.once('error', resolve).once('exit', resolve));
  });
  expect(await Promise.all(exits)).toEqual([0, 0, 0]);
  const [winner = ''] = new Set(Object.values(published()));
  const name = winner.replace(/\d+$/, '');
  expect(published()).toEqual(
    Object.fromEntries(
      ['a.yaml', 'b.yaml', 'helm/x/Chart.yaml', `helm/x/${name}.yaml`].map((file) => [file, winner]),
    ),
  );
});
