import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
  copy = mkdtempSync(path.join(tmpdir(), 'lint-'));
  const listed = await output('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name)))) {
    cpSync(path.join(ROOT, file), path.join(copy, file));
  }
  mkdirSync(path.join(copy, 'node_modules', WORKSPACE), { recursive: true });
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    if (![WORKSPACE, '.cache'].includes(name))
      link(path.join(ROOT, 'node_modules', name), 'node_modules', name);
  }
  for (const name of readdirSync(path.join(ROOT, 'node_modules', WORKSPACE))) {
    link(path.join(copy, 'packages', name), 'node_modules', WORKSPACE, name);
  }
  for (const { file, content } of [...layers, ...code, ...unused, ...types]) {
    appendFileSync(path.join(copy, file), content);
  }
  const devDependencies = { ...project.devDependencies, [DEPENDENCY]: '1.0.0' };
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify({ ...project, devDependencies }));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function link(target: string, ...place: string[]): void {
  symlinkSync(target, path.join(copy, ...place));
}

const names = (breaches: readonly Breach[]): string[] => breaches.map(({ rule }) => rule).sort();

/** Runs a part of `npm run lint` over the copy, which must fail. @returns its report */
async function failing(...command: string[]): Promise<string> {
  const { code: exitCode, stdout } = await run('npx', ['--no-install', ...command], { cwd: copy });
  expect(exitCode).not.toBe(0);
  return stdout;
}

test('every layer has a planted breach', () => {
  expect(names(layers)).toEqual(rules.forbidden?.map(({ name }) => name).sort());
});

test('dependency-cruiser reports each breach of a layer', async () => {
  const lines = (await failing('npm', 'run', 'lint:layers')).split('\n');
  const missed = layers.filter(
    ({ rule, file }) => !lines.some((line) => line.includes(` ${rule}: ${file} `)),
  );
  expect(missed).toEqual([]);
});

test('ESLint reports each breach of its rules', async () => {
  const found = await failing('eslint', ...code.map(({ file }) => file), '--format', 'json');
  const reports = JSON.parse(found) as { filePath: string; messages: { ruleId: string }[] }[];
  const missed = code.filter(
    ({ rule, file }) =>
      !reports.some(
        ({ filePath, messages }) =>
          filePath === path.join(copy, file) && messages.some(({ ruleId }) => ruleId === rule),
      ),
  );
  expect(missed).toEqual([]);
});

test('knip reports each file, export and dependency that nothing uses', async () => {
  const found = await failing('npm', 'run', 'lint:unused');
  const sections = found.split(/^(?=\S.* \(\d+\)$)/m);
  const missed = unused.filter(
    ({ rule, file }) => !sections.some((section) => section.startsWith(rule) && section.includes(file)),
  );
  expect(missed).toEqual([]);
  expect(sections.find((section) => section.includes(DEPENDENCY))).toMatch(/^Unused devDependencies/);
});

test('the type check reads JavaScript too', async () => {
  const found = await failing('tsc', '--noEmit', '--incremental', 'false');
  expect(types.filter(({ rule, file }) => !found.includes(file) || !found.includes(rule))).toEqual([]);
});
