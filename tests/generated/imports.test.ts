import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../__tests__/support/dist';
import { copyProject, type Project } from '../../__tests__/support/project';

let project: Project;

beforeAll(() => {
  project = copyProject();
});

afterAll(() => {
  rmSync(project.folder, { recursive: true });
});

test('`npm run import` writes exactly imports/', async () => {
  const offline = path.join(ROOT, 'scripts/import/offline.cjs');
  const environment = { NODE_OPTIONS: `--require ${offline}` };
  rmSync(path.join(project.folder, 'imports'), { recursive: true });
  expect(await project.cdk8s(['import', '--language', 'typescript'], environment)).toMatchObject({ code: 0 });
  const imports = path.join(ROOT, 'imports');
  expect(readdirSync(path.join(project.folder, 'imports'))).toEqual(readdirSync(imports));
  // Report only names: a difference of a megabyte is unreadable.
  const isSame = (file: string): boolean =>
    readFileSync(path.join(imports, file), 'utf8') ===
    readFileSync(path.join(project.folder, 'imports', file), 'utf8');
  expect(readdirSync(imports).filter((file) => !isSame(file))).toEqual([]);
});
