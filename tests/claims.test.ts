import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './kit/dist';
import { output } from './kit/process';

/** File names in the claims table, as patterns. A `*` matches any part of a file's name. */
const patterns = [
  ...readFileSync(path.join(__dirname, 'README.md'), 'utf8').matchAll(
    /`((?:__tests__|packages|scripts|tests)\/[\w./*-]+\.ts)`/g,
  ),
].map(([, pattern = '']) => pattern);

const matches = (pattern: string, file: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file);

let files: string[];

beforeAll(async () => {
  const listed = await output(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '*.ts'],
    {
      cwd: ROOT,
    },
  );
  files = listed.split('\0').filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
});

test('every file in the claims table exists', () => {
  expect(patterns.length).toBeGreaterThan(40);
  expect(patterns.filter((pattern) => !files.some((file) => matches(pattern, file)))).toEqual([]);
});

test('every test file has a row in the claims table', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  expect(tests.filter((file) => !patterns.some((pattern) => matches(pattern, file)))).toEqual([]);
});
