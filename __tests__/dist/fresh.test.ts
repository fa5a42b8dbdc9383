import { rmSync } from 'node:fs';
import path from 'node:path';
import { filesOf, ROOT } from '../support/dist';
import { inProject, PROCESS_TIMEOUT } from '../support/project';

const committed = filesOf(path.join(ROOT, 'dist'));
const imported = filesOf(path.join(ROOT, 'imports'));

test.concurrent('dist/ is what a fresh synth writes: each file, and no other', async () => {
  await inProject(async ({ folder, main }) => {
    rmSync(path.join(folder, 'dist'), { recursive: true });
    const { code, stdout, stderr } = await main();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
    const told = stdout.trimEnd().split('\n').map((line) => line.split('  ')[0]?.replace('dist/', ''));
    expect(told.sort()).toEqual(Object.keys(committed));
  });
}, PROCESS_TIMEOUT);

test.concurrent('imports/ is what a fresh `cdk8s import` writes: each file, and no other', async () => {
  await inProject(async ({ folder, cdk8s }) => {
    const offline = path.join(ROOT, 'schemas/kubernetes/offline.cjs');
    const { code } = await cdk8s(['import'], { NODE_OPTIONS: `--require ${offline}` });
    expect(code).toBe(0);
    // by name and content: a diff of a megabyte helps nobody
    const fresh = filesOf(path.join(folder, 'imports'));
    expect(Object.keys(fresh)).toEqual(Object.keys(imported));
    expect(Object.entries(imported).filter(([file, text]) => fresh[file] !== text)).toEqual([]);
  });
}, PROCESS_TIMEOUT);
