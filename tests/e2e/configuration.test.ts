import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SERVICE_NAME } from '../../constructs/image';
import { Namespace } from '../kit/namespace';
import { output } from '../kit/process';
import { predictions } from './predictions';

let namespace: Namespace;

beforeAll(async () => {
  namespace = await Namespace.create('configuration');
});
afterAll(() => namespace.delete());

/** Synthesizes with other settings into a temporary folder, and applies the bonus chart. */
async function applyWith(settings: Record<string, string>): Promise<void> {
  const out = mkdtempSync(path.join(tmpdir(), 'online-inference-'));
  await output('node', ['--require', 'tsx/cjs', 'main.ts'], {
    env: { CDK8S_OUTDIR: out, REPLICAS: '2', ...settings },
  });
  await namespace.kubectl(['apply', '-f', path.join(out, 'online-inference-service.yaml')]);
  await namespace.kubectl(['rollout', 'status', `deployment/${SERVICE_NAME}`, '--timeout=150s']);
}

const podNames = async (): Promise<string[]> =>
  (await namespace.livingPods(SERVICE_NAME)).map(({ metadata }) => metadata.name);

async function labels(): Promise<Set<number>> {
  const [pod = ''] = await podNames();
  return new Set((await predictions(namespace, pod)).map(({ label }) => label));
}

test('a value of the ConfigMap reaches the process, and its change rolls the pods', async () => {
  await applyWith({});
  const before = await podNames();
  expect(await labels()).toEqual(new Set([0, 1]));

  await applyWith({ DECISION_THRESHOLD: '1' });
  const after = await podNames();
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  expect(await labels()).toEqual(new Set([0]));
});
