import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const doc = readFileSync(path.join(ROOT, 'docs/dependencies.md'), 'utf8');

type Versions = Readonly<Record<string, string>>;

/** The page's rows by the file and the kind of dependency that their headings name. */
const told = doc
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [heading = '', ...tables] = section.split(/^### .*with$/m);
    const rows = tables.map((table) => [...table.matchAll(/^\| `(\S+)` +\| (.*?) +\|$/gm)]);
    return { file: /`(.+)`/.exec(heading)?.[1] ?? heading, rows };
  });

test.each(told)(
  '$file: the page lists its dependencies, each once, with what it is for',
  ({ file, rows }) => {
    const json = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Partial<Record<string, Versions>>;
    const kinds = [json['dependencies'], json['devDependencies']].filter((kind) => kind !== undefined);
    expect(rows.map((kind) => kind.map(([, name]) => name))).toEqual(
      kinds.map((kind) => Object.keys(kind).sort()),
    );
    rows.flat().forEach(([, , reason = '']) => {
      expect(reason).toMatch(/\S+ \S+|formats/);
    });
  },
);

test.each(told)('$file: each version is exact', ({ file }) => {
  const json = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Partial<Record<string, Versions>>;
  const versions = Object.values({ ...json['dependencies'], ...json['devDependencies'] });
  expect(versions.filter((version) => !/^(npm:\w+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('no package of the workspace is left out', () => {
  const { workspaces } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  expect(told.map(({ file }) => file)).toEqual(
    ['.', ...workspaces].map((folder) => path.join(folder, 'package.json')),
  );
});
