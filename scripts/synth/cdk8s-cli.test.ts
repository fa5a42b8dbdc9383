import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesOf, ROOT } from '../../__tests__/support/dist';
import { inProject, PROCESS_TIMEOUT } from '../../__tests__/support/project';

const committed = filesOf(path.join(ROOT, 'dist'));

jest.setTimeout(PROCESS_TIMEOUT);

test.concurrent('`cdk8s synth` publishes what is committed; a stale file goes and helm/ stays', async () => {
  await inProject(async ({ folder, cdk8s }) => {
    const dist = path.join(folder, 'dist');
    writeFileSync(path.join(dist, 'online-inference-old-step.yaml'), 'stale: true\n');
    writeFileSync(path.join(dist, 'online-inference-pod.yaml'), 'changed: true\n');
    expect(await cdk8s(['synth'])).toMatchObject({ code: 0, stderr: '' });
    expect(filesOf(dist)).toEqual(committed);
    expect(filesOf(path.join(dist, 'helm'))['kept.yaml']).toBe('kept: true\n');
  });
});

test.concurrent('`cdk8s synth --stdout` prints every object, and never writes dist/', async () => {
  await inProject(async ({ folder, cdk8s }) => {
    const { code, stdout } = await cdk8s(['synth', '--stdout'], { REPLICAS: '5' });
    expect(code).toBe(0);
    const kinds = parseAllDocuments(stdout).map((document) => document.get('kind'));
    expect(kinds.sort()).toEqual([
      'ConfigMap',
      ...Array<string>(3).fill('Deployment'),
      'NetworkPolicy',
      ...Array<string>(3).fill('Pod'),
      'PodDisruptionBudget',
      'ReplicaSet',
      'Service',
    ]);
    expect(stdout).toContain('replicas: 5\n');
    expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
  });
});

test.concurrent(
  '`cdk8s synth -o elsewhere` writes there what the settings say, and never dist/',
  async () => {
    await inProject(async ({ folder, cdk8s }) => {
      const settings = { REPLICAS: '5', IMAGE_REPOSITORY: 'ghcr.io/me/it', LOG_LEVEL: 'debug' };
      expect(await cdk8s(['synth', '-o', 'elsewhere'], settings)).toMatchObject({ code: 0, stderr: '' });
      const elsewhere = filesOf(path.join(folder, 'elsewhere'));
      expect(Object.keys(elsewhere)).toEqual(Object.keys(committed));
      expect(elsewhere['online-inference-pod.yaml']).toContain('image: ghcr.io/me/it:v1\n');
      expect(elsewhere['online-inference-pod-probes.yaml']).toContain('image: ghcr.io/me/it:v2\n');
      expect(elsewhere['online-inference-replicaset.yaml']).toContain('replicas: 5\n');
      expect(elsewhere['online-inference-service.yaml']).toContain('LOG_LEVEL: debug\n');
      expect(Object.values(elsewhere).join('')).not.toContain('mivankin/');
      expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
    });
  },
);

// Every kind of wrong value is read in environment.test.ts; here the output folder is at stake, which
// cdk8s-cli clears before it runs the app by the very command of `npm run synth`.
test.concurrent('REPLICAS=0x3 fails with one line of what is allowed, and dist/ is as it was', async () => {
  await inProject(async ({ folder, cdk8s }) => {
    const { code, stderr } = await cdk8s(['synth'], { REPLICAS: '0x3' });
    expect(code).toBe(1);
    // the lines after it are cdk8s-cli's, about the command that ended with 1
    const [line] = stderr.split('\n');
    expect(line).toMatch(/^REPLICAS is "0x3", but must be a whole number from 2 to 100$/);
    expect(stderr).not.toMatch(/SettingsError|environment\.ts/);
    expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
  });
});

test.concurrent('imports/ is what a fresh `cdk8s import` writes: each file, and no other', async () => {
  await inProject(async ({ folder, cdk8s }) => {
    const offline = path.join(ROOT, 'scripts/import/offline.cjs');
    expect(await cdk8s(['import'], { NODE_OPTIONS: `--require ${offline}` })).toMatchObject({ code: 0 });
    const fresh = filesOf(path.join(folder, 'imports'));
    const imports = filesOf(path.join(ROOT, 'imports'));
    expect(Object.keys(fresh)).toEqual(Object.keys(imports));
    // by name: a diff of a megabyte helps nobody
    expect(Object.keys(imports).filter((file) => fresh[file] !== imports[file])).toEqual([]);
  });
});
