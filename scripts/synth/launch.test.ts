import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchedProject } from './launcher';

let project: LaunchedProject;

beforeEach(() => {
  project = new LaunchedProject();
});

afterEach(() => {
  project.remove();
});

const record = (): string =>
  readFileSync(path.join(project.folder, 'node_modules/.cache/synth/app.json'), 'utf8');

test('main.ts runs, is bundled once, and again when a file of it has changed, whatever its size and times say', () => {
  project.write('main.ts', "import { word } from './part';\nconsole.log(word);\n");
  const part = project.write('part.ts', "export const word: string = 'old';\n");
  expect(project.run()).toMatchObject({ status: 0, stdout: 'old\n', stderr: '' });
  const first = record();
  expect(project.run().stdout).toBe('old\n');
  expect(record()).toBe(first);
  const { atime, mtime } = statSync(part);
  writeFileSync(part, "export const word: string = 'new';\n");
  utimesSync(part, atime, mtime);
  expect(project.run().stdout).toBe('new\n');
});

test('a new file that takes the place of another one is seen', () => {
  project.write('main.ts', "import { word } from './part';\nconsole.log(word);\n");
  project.write('part/index.ts', "export const word = 'folder';\n");
  expect(project.run().stdout).toBe('folder\n');
  project.write('part.ts', "export const word = 'file';\n");
  expect(project.run().stdout).toBe('file\n');
});

test('a package that has changed is seen, and so is one that is required anew', () => {
  project.write('main.ts', "import { name } from 'library';\nconsole.log(name);\n");
  expect(project.run().stdout).toBe('library\n');
  project.write('node_modules/library/lib/index.js', "exports.name = 'mended';");
  expect(project.run().stdout).toBe('mended\n');
  project.write('node_modules/library/lib/more.js', "exports.more = 'more';");
  project.write(
    'main.ts',
    "import { name } from 'library';\nimport { more } from 'library/lib/more';\nconsole.log(name, more);\n",
  );
  expect(project.run().stdout).toBe('mended more\n');
});

test('a package finds the files beside it, and what is loaded by name is resolved from the project', () => {
  project.write('node_modules/library/lib/index.js', 'exports.place = __dirname;');
  project.write(
    'main.ts',
    "import { place } from 'library';\nconsole.log(place);\nconsole.log(require.resolve('library/package.json'));\n",
  );
  const folder = path.join(project.folder, 'node_modules/library');
  expect(project.run().stdout).toBe(`${folder}/lib\n${folder}/package.json\n`);
});

test('a package that is installed twice in one version is loaded once, and in two versions twice', () => {
  const install = (folder: string, version: string): void => {
    project.write(`${folder}/package.json`, JSON.stringify({ name: 'shared', version }));
    project.write(`${folder}/index.js`, 'console.log(require("./package.json").version);');
  };
  install('node_modules/shared', '1.0.0');
  install('node_modules/library/node_modules/shared', '1.0.0');
  project.write('node_modules/library/lib/index.js', "require('shared');");
  project.write('main.ts', "import 'shared';\nimport 'library';\n");
  expect(project.run().stdout).toBe('1.0.0\n');
  install('node_modules/library/node_modules/shared', '2.0.0');
  project.write('node_modules/.package-lock.json', '{}');
  expect(project.run().stdout.split('\n').sort()).toEqual(['', '1.0.0', '2.0.0']);
});

test('what is generated is bundled with the packages, whoever imports it, and anew when it has changed', () => {
  project.write('imports/k8s.ts', "export const version: string = '1.27';\n");
  project.write(
    'main.ts',
    "import { version } from './imports/k8s';\nimport './part/of';\nconsole.log(version);\n",
  );
  project.write('part/of.ts', "import { version } from '../imports/k8s';\nconsole.log(version);\n");
  expect(project.run().stdout).toBe('1.27\n1.27\n');
  project.write('imports/k8s.ts', "export const version: string = '1.28';\n");
  expect(project.run().stdout).toBe('1.28\n1.28\n');
});

test('what cannot be bundled is told with its place, and nothing runs', () => {
  project.write('main.ts', "import { word } from './part';\nconsole.log(word);\n");
  project.write('part.ts', "export const word = 'fine';\n");
  project.run();
  project.write('part.ts', "export const word = 'fine;\n");
  const { status, stdout, stderr } = project.run();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('part.ts:1:26');
  project.write('part.ts', "export const word = 'mended';\n");
  expect(project.run().stdout).toBe('mended\n');
});

test('an error is told with its stack in the sources', () => {
  project.write('main.ts', "import { fail } from './part';\n\nfail();\n");
  const part = project.write(
    'part.ts',
    "export function fail(): void {\n  throw new TypeError('no such thing');\n}\n",
  );
  const { status, stderr } = project.run();
  expect(status).toBe(1);
  expect(stderr).toContain('TypeError: no such thing');
  expect(stderr).toContain(`${part}:2:9`);
  expect(stderr).toContain(`${path.join(project.folder, 'main.ts')}:3:1`);
});

test('what is still under way is waited for, and its error is told', () => {
  project.write('main.ts', "setTimeout(() => {\n  throw new Error('too late');\n}, 20);\n");
  const { status, stderr } = project.run();
  expect(status).toBe(1);
  expect(stderr).toContain('too late');
});

test('an exit code that the app sets is its own', () => {
  project.write('main.ts', 'process.exitCode = 3;\n');
  expect(project.run().status).toBe(3);
});

test('a cache that is damaged or cut short is made anew', () => {
  project.write('main.ts', "import { name } from 'library';\nconsole.log(name);\n");
  project.run();
  const cache = path.join(project.folder, 'node_modules/.cache/synth');
  const { folder } = JSON.parse(readFileSync(path.join(cache, 'app.json'), 'utf8')) as { folder: string };
  rmSync(path.join(cache, folder, 'bundle.js'));
  writeFileSync(path.join(cache, 'packages.json'), '{');
  expect(project.run()).toMatchObject({ status: 0, stdout: 'library\n', stderr: '' });
});
