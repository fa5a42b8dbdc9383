import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import project from '../../package.json';
import rules from '../../.dependency-cruiser.cjs';
import { output, run } from '../kit/process';
import { code, DEPENDENCY, layers, types, unused, type Breach } from './breaches';

const ROOT = path.join(__dirname, '../..');
const WORKSPACE = '@online-inference';

/** A copy of the checkout. Installed packages are links; those of the workspace lead into the copy. */
let copy: string;

beforeAll(async () => {
  copy = fs.mkdtempSync(path.join(tmpdir(), 'lint-'));
  const listed = await output('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    // git also lists a file that was deleted but not committed
    if (fs.existsSync(path.join(ROOT, file))) fs.cpSync(path.join(ROOT, file), path.join(copy, file));
  }
  const modules = (...names: string[]): string => path.join('node_modules', ...names);
  fs.mkdirSync(path.join(copy, modules(WORKSPACE)), { recursive: true });
  for (const name of fs.readdirSync(path.join(ROOT, modules()))) {
    if ([WORKSPACE, '.cache'].includes(name)) continue;
    fs.symlinkSync(path.join(ROOT, modules(name)), path.join(copy, modules(name)));
  }
  for (const name of fs.readdirSync(path.join(ROOT, modules(WORKSPACE)))) {
    fs.symlinkSync(path.join(copy, 'packages', name), path.join(copy, modules(WORKSPACE, name)));
  }
  for (const { file, content } of [...layers, ...code, ...unused, ...types]) {
    fs.appendFileSync(path.join(copy, file), content);
  }
  const devDependencies = { ...project.devDependencies, [DEPENDENCY]: '1.0.0' };
  fs.writeFileSync(path.join(copy, 'package.json'), JSON.stringify({ ...project, devDependencies }));
});
afterAll(() => {
  fs.rmSync(copy, { recursive: true, force: true });
});

/** Runs a part of `npm run lint` over the copy, which must fail. @returns its report */
async function failing(...command: string[]): Promise<string> {
  const { code: exitCode, stdout } = await run('npx', ['--no-install', ...command], { cwd: copy });
  expect(exitCode).not.toBe(0);
  return stdout;
}

/** Returns the breaches that no part of a report names with their rule. */
const missed = (breaches: readonly Breach[], parts: readonly string[]): readonly Breach[] =>
  breaches.filter(({ rule, file }) => !parts.some((part) => part.includes(rule) && part.includes(file)));

test('every layer has a planted breach', () => {
  const forbidden = rules.forbidden?.map(({ name }) => name);
  expect(layers.map(({ rule }) => rule).sort()).toEqual(forbidden?.sort());
});

test('dependency-cruiser reports each breach of a layer', async () => {
  expect(missed(layers, (await failing('npm', 'run', 'lint:layers')).split('\n'))).toEqual([]);
});

test('ESLint reports each breach of its rules', async () => {
  const found = await failing('eslint', ...code.map(({ file }) => file));
  expect(missed(code, found.split('\n\n'))).toEqual([]);
});

test('knip reports each file, export and dependency that nothing uses', async () => {
  const sections = (await failing('npm', 'run', 'lint:unused')).split(/^(?=\S.* \(\d+\)$)/m);
  expect(missed(unused, sections)).toEqual([]);
  expect(sections.find((section) => section.includes(DEPENDENCY))).toMatch(/^Unused devDependencies/);
});

test('the type check reads JavaScript too', async () => {
  const found = await failing('tsc', '--noEmit', '--incremental', 'false');
  expect(missed(types, found.split('\n'))).toEqual([]);
});
