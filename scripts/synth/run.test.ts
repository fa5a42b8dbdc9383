import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../__tests__/support/dist';
import {
  linkPackages,
  PROCESS_TIMEOUT,
  run,
  temporaryFolder,
  type Ended,
} from '../../__tests__/support/project';

jest.setTimeout(PROCESS_TIMEOUT);

let project: string;

/** Writes a file of the project and returns its path. */
function write(file: string, content: string): string {
  const target = path.join(project, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  return target;
}

const synth = (variables?: Readonly<Record<string, string>>): Promise<Ended> =>
  run([path.join(project, 'scripts/synth/run.cjs')], project, variables);

/** Preloads a script into the launcher's process. */
const synthAfter = (script: string): Promise<Ended> =>
  synth({ NODE_OPTIONS: `--require ${write('preload.cjs', script)}` });

const bundleInode = (): number => statSync(path.join(project, 'node_modules/.cache/synth/main.js')).ino;

beforeEach(() => {
  project = temporaryFolder();
  mkdirSync(path.join(project, 'scripts/synth'), { recursive: true });
  for (const file of ['package.json', 'scripts/supported.cjs', 'scripts/synth/run.cjs']) {
    copyFileSync(path.join(ROOT, file), path.join(project, file));
  }
  linkPackages(path.join(project, 'node_modules'), ['esbuild', '@esbuild']);
  write('main.ts', "import { word } from './part';\nconsole.log(word);\n");
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

test('bundles again only after a change, even one that keeps size and modification time', async () => {
  const part = write('part.ts', "export const word: string = 'old';\n");
  expect(await synth()).toEqual({ code: 0, stdout: 'old\n', stderr: '' });
  await synth(); // the sources were as young as the first bundle
  const bundle = bundleInode();
  expect((await synth()).stdout).toBe('old\n');
  expect(bundleInode()).toBe(bundle);
  const { atime, mtime } = statSync(part);
  writeFileSync(part, "export const word: string = 'new';\n");
  utimesSync(part, atime, mtime);
  expect((await synth()).stdout).toBe('new\n');
});

test('`__dirname` is the folder of the source; a damaged bundle is bundled again', async () => {
  write('main.ts', "import { folder } from './part/of';\nconsole.log(folder, __dirname);\n");
  write('part/of.ts', 'export const folder = __dirname;\n');
  const stdout = `${project}/part ${project}\n`;
  expect((await synth()).stdout).toBe(stdout);
  const bundle = path.join(project, 'node_modules/.cache/synth/main.js');
  writeFileSync(bundle, readFileSync(bundle, 'utf8').slice(0, -20));
  expect(await synth()).toEqual({ code: 0, stdout, stderr: '' });
});

test('prints a syntax error with its place and keeps the exit code of the app', async () => {
  write('part.ts', "export const word = 'fine;\n");
  const { code, stdout, stderr } = await synth();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('part.ts:1:26');
  write('part.ts', "export const word = 'mended';\nprocess.exitCode = 3;\n");
  expect(await synth()).toEqual({ code: 3, stdout: 'mended\n', stderr: '' });
});

test('prints an error with its stack in the sources', async () => {
  const part = write(
    'part.ts',
    "interface A {}\n\nthrow new TypeError('no such thing');\nexport const word: A = '';\n",
  );
  const { code, stderr } = await synth();
  expect(code).toBe(1);
  expect(stderr).toContain('TypeError: no such thing');
  expect(stderr).toContain(`${part}:3:7`);
});

test('prints one line if a folder cannot be written', async () => {
  write('main.ts', "throw Object.assign(new Error('EROFS: mkdir dist'), { code: 'EROFS' });");
  expect(await synth()).toEqual({ code: 1, stdout: '', stderr: 'EROFS: mkdir dist\n' });
  write('main.ts', '');
  rmSync(path.join(project, 'node_modules/.cache'), { recursive: true });
  write('node_modules/.cache', 'a file, not a folder');
  const { code, stderr } = await synth();
  expect(code).toBe(1);
  expect(stderr.trim()).toMatch(/^.*Failed to create output directory: .*$/);
});

test('rejects an older Node.js in one line', async () => {
  expect(
    await synthAfter(
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } });",
    ),
  ).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Node.js 18.20.8 is not supported: use 20.19 or later, recommended 24\n',
  });
});

test.each(['yarn', 'pnpm'])('rejects an installation by %s in one line', async (manager) => {
  const variables = {
    npm_lifecycle_event: 'preinstall',
    npm_config_user_agent: `${manager}/9.0.0 node/v24.0.0`,
  };
  const { code, stderr } = await run([path.join(ROOT, 'scripts/supported.cjs')], project, variables);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `${manager} is not supported: package-lock.json pins the versions for npm, so use npm ci\n`,
  );
});
