import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './support/dist';

type Versions = Readonly<Record<string, string>>;

interface Package {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
}

const files = [
  'package.json',
  ...readdirSync(path.join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`),
].filter((file) => existsSync(path.join(ROOT, file)));

/** Sections of the page by the package.json in their headings. Each has a table for each kind of dependency. */
const sections = new Map(
  readFileSync(path.join(ROOT, 'docs/dependencies.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...tables] = section.split(/^### .*with$/m);
      const rows = tables.map((table) => [...table.matchAll(/^\| `(\S+)` +\| (.*?) +\|$/gm)]);
      return [/`(.+)`/.exec(heading)?.[1] ?? heading, rows] as const;
    }),
);

test('docs/dependencies.md has a section for each package.json', () => {
  expect([...sections.keys()]).toEqual(files);
});

describe.each(files)('%s', (file) => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(ROOT, file), 'utf8'),
  ) as Package;
  const kinds = [dependencies, devDependencies].filter((kind) => kind !== undefined);

  test('docs/dependencies.md lists each dependency once, with its purpose', () => {
    const rows = sections.get(file) ?? [];
    expect(rows.map((kind) => kind.map(([, name]) => name))).toEqual(
      kinds.map((kind) => Object.keys(kind).sort()),
    );
    for (const [, , purpose] of rows.flat()) {
      expect(purpose).toMatch(/\S+ \S+/);
    }
  });

  test('every version is exact', () => {
    const versions = kinds.flatMap((kind) => Object.values(kind));
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
