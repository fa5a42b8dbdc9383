import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf, objects, ROOT } from '../../__tests__/support/dist';
import { copyProject, PROCESS_TIMEOUT, temporaryFolder, type Project } from '../../__tests__/support/project';
import { parseAllDocuments } from 'yaml';

const committed = filesOf(path.join(ROOT, 'dist'));

jest.setTimeout(PROCESS_TIMEOUT);

let project: Project;
let elsewhere: string;
const dist = (): Record<string, string> => filesOf(path.join(project.folder, 'dist'));

beforeAll(() => {
  project = copyProject();
  elsewhere = temporaryFolder();
});

afterAll(() => {
  rmSync(project.folder, { recursive: true });
  rmSync(elsewhere, { recursive: true });
});

test('`cdk8s synth` publishes what is committed, prints the table and keeps files of another origin', async () => {
  writeFileSync(path.join(project.folder, 'dist/online-inference-pod.yaml'), 'changed: true\n');
  mkdirSync(path.join(project.folder, 'dist/helm/other'), { recursive: true });
  writeFileSync(path.join(project.folder, 'dist/notes.txt'), 'kept\n');
  const { code, stderr } = await project.cdk8s(['synth']);
  expect(code).toBe(0);
  expect(dist()).toEqual({ ...committed, 'notes.txt': 'kept\n' });
  expect(readdirSync(path.join(project.folder, 'dist/helm'))).toContain('other');
  const [heading, ...rows] = stderr.trimEnd().split('\n');
  expect(heading).toMatch(/^file +purpose +a new image, predicted$/);
  expect(rows.map((row) => /^dist\/(\S+)/.exec(row)?.[1]).sort()).toEqual(
    [...Object.keys(committed), 'helm/online-inference/'].sort(),
  );
  rmSync(path.join(project.folder, 'dist/notes.txt'));
});

test('`cdk8s synth --stdout` prints every object and does not change dist/', async () => {
  const { code, stdout } = await project.cdk8s(['synth', '--stdout'], { REPLICAS: '5' });
  expect(code).toBe(0);
  const printed = parseAllDocuments(stdout).map((document) => document.getIn(['metadata', 'name']));
  expect(printed.sort()).toEqual(objects.map(({ manifest }) => manifest.metadata.name).sort());
  expect(stdout).toContain('replicas: 5\n');
  expect(dist()).toEqual(committed);
});

test('`cdk8s synth -o elsewhere` sets CDK8S_OUTDIR: the settings apply there, and dist/ does not change', async () => {
  const settings = { REPLICAS: '5', IMAGE_REPOSITORY: 'ghcr.io/me/it', LOG_LEVEL: 'debug' };
  const ended = await project.synth({ ...settings, CDK8S_OUTDIR: 'elsewhere' });
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  const files = filesOf(path.join(project.folder, 'elsewhere'));
  expect(Object.keys(files)).toEqual(Object.keys(committed));
  expect(files['online-inference-pod.yaml']).toContain('image: ghcr.io/me/it:v1\n');
  expect(files['online-inference-pod-probes.yaml']).toContain('image: ghcr.io/me/it:v2\n');
  expect(files['online-inference-replicaset.yaml']).toContain('replicas: 5\n');
  expect(files['online-inference-service.yaml']).toContain('LOG_LEVEL: debug\n');
  expect(Object.values(files).join('')).not.toContain('mivankin/');
  expect(dist()).toEqual(committed);
});

test('a wrong setting fails with one line and does not change dist/', async () => {
  const ended = await project.synth({ REPLICAS: '0x3', CDK8S_OUTDIR: '.cdk8s' });
  const stderr = 'REPLICAS is "0x3", but must be an integer from 2 to 100\n';
  expect(ended).toEqual({ code: 1, stdout: '', stderr });
  expect(dist()).toEqual(committed);
});

test('the synthesis of a project from another folder changes only the project', async () => {
  mkdirSync(path.join(elsewhere, 'dist'));
  writeFileSync(path.join(elsewhere, 'dist/theirs.yaml'), 'kept: true\n');
  const { code, stderr } = await project.synth({ REPLICAS: '5' }, elsewhere);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(elsewhere, { recursive: true })).toEqual(['dist', 'dist/theirs.yaml']);
  expect(dist()['online-inference-replicaset.yaml']).toContain('replicas: 5\n');
});
