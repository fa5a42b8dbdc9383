import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { predictions } from './model';
import { Namespace } from '../kit/namespace';

const INSTANCE = 'online-inference';
let namespace: Namespace;

beforeAll(async () => {
  namespace = await Namespace.create('configuration');
});
afterAll(() => namespace.delete());

/** Synthesizes with other settings, elsewhere than `dist/`, and applies the bonus chart. */
async function applyWith(settings: Record<string, string>): Promise<void> {
  const out = mkdtempSync(path.join(tmpdir(), 'online-inference-'));
  execFileSync('node', ['--require', 'tsx/cjs', 'main.ts'], {
    env: { ...process.env, CDK8S_OUTDIR: out, REPLICAS: '2', ...settings },
  });
  await namespace.kubectl(['apply', '-f', path.join(out, 'online-inference-service.yaml')]);
  await namespace.kubectl(['rollout', 'status', `deployment/${INSTANCE}`, '--timeout=120s']);
}

async function livingPods(): Promise<string[]> {
  const pods = await namespace.pods(INSTANCE);
  return pods.filter((pod) => !pod.metadata.deletionTimestamp).map((pod) => pod.metadata.name);
}

async function labels(): Promise<number[]> {
  const [pod = ''] = await livingPods();
  return (await predictions(namespace, pod)).map(({ label }) => label);
}

test('a value of the ConfigMap reaches the process, and its change rolls the pods', async () => {
  await applyWith({});
  const before = await livingPods();
  expect(new Set(await labels())).toEqual(new Set([0, 1]));

  await applyWith({ DECISION_THRESHOLD: '1' });
  const after = await livingPods();
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  expect(new Set(await labels())).toEqual(new Set([0]));
});
