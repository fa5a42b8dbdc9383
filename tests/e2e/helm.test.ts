import { readdirSync } from 'node:fs';
import path from 'node:path';
import examples from '@online-inference/service/model/examples.json';
import { CHART } from '../kit/helm';
import { DEMO_IMAGE, IMAGE_REPOSITORY, STEADY_IMAGE } from '../kit/images';
import { eventually } from '../kit/kubectl';
import { LoadPod } from '../kit/load/load-pod';
import { predict } from '../kit/load/questions';
import { isReady, Namespace, type Pod } from '../kit/namespace';
import { output } from '../kit/process';
import { Release } from './helm';

/** The question for a patient whom the model takes for ill. */
const [ill] = examples.filter(({ label }) => label === 1).map(predict);

/** The demo image stands for a new version: it starts soon and does not crash. */
const STEADY = [
  '--set-json',
  'extraEnv=[{"name":"START_DELAY_SECONDS","value":"3"},{"name":"CRASH_AFTER_SECONDS","value":"0"}]',
];

let namespace: Namespace;
let demo: Release;

async function images(release: string): Promise<string[]> {
  return (await namespace.livingPods(release)).map(({ spec }) => spec.containers[0]?.image ?? '');
}

const tagOf = (image: string): string => image.slice(IMAGE_REPOSITORY.length + 1);

/** Asks one of the pods for the label of an ill patient. */
async function labelOfIll([pod]: readonly Pod[]): Promise<unknown> {
  return (await namespace.ask<{ label: unknown }>(pod?.metadata.name ?? '', ill?.path ?? '')).label;
}

const uids = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.uid).sort();

beforeAll(async () => {
  namespace = await Namespace.create('helm');
  demo = new Release(namespace, 'demo');
});

afterAll(async () => {
  await namespace.delete();
});

test('helm install prints a command that returns a prediction', async () => {
  const values = `image.repository=${IMAGE_REPOSITORY},replicaCount=2`;
  const notes = await demo.install('--set', values, ...STEADY);
  const command = /^ {2}(kubectl get --raw '.*')$/m.exec(notes)?.[1] ?? '';
  const prediction = JSON.parse(await output('sh', ['-c', command])) as {
    label: number;
    probability: number;
  };
  expect(prediction.label).toBe(examples[0]?.label);
  expect(prediction.probability).toBeCloseTo(examples[0]?.probability ?? NaN, 5);
  expect((await namespace.livingPods('demo')).filter(isReady)).toHaveLength(2);
});

test('helm test predicts, and leaves no pod', async () => {
  expect(await demo.test()).toMatch(/Phase: +Succeeded/);
  expect(await namespace.kubectl(['get', 'pods', '-o', 'name'])).not.toContain('test');
});

test('an upgrade to a new image under load loses no request', async () => {
  const load = await LoadPod.start(namespace, { service: 'demo-online-inference', ratePerSecond: 50 });
  await demo.upgrade('--set', `image.tag=${tagOf(DEMO_IMAGE)}`);
  expect(await images('demo')).toEqual(Array(2).fill(DEMO_IMAGE));
  // A rollout succeeds before the last old pod has ended.
  await eventually('the old pods are gone', 90, async () => (await namespace.pods('demo')).length <= 2);
  const report = await load.end();
  console.log(`${report.sent} requests during an upgrade of the image: ${report.failed} failed`);
  expect(report.failures).toEqual([]);
  expect(Object.keys(report.builds)).toHaveLength(2);
});

test('a rollback restores the old image', async () => {
  await demo.rollback();
  expect(await images('demo')).toEqual(Array(2).fill(STEADY_IMAGE));
});

test('a changed value of config rolls the pods and reaches the process', async () => {
  const before = await namespace.livingPods('demo');
  expect(await labelOfIll(before)).toBe(1);
  await demo.upgrade('--set', 'config.decisionThreshold=1', '--set', 'config.logLevel=debug');
  const after = await namespace.livingPods('demo');
  expect(uids(after).filter((uid) => uids(before).includes(uid))).toEqual([]);
  expect(await labelOfIll(after)).toBe(0);
});

test('an upgrade without a changed value replaces no pod', async () => {
  const before = await namespace.livingPods('demo');
  await demo.upgrade();
  expect(uids(await namespace.livingPods('demo'))).toEqual(uids(before));
});

test('two releases in one namespace: each Service has its own pods', async () => {
  const other = new Release(namespace, 'other');
  await other.install('--set', 'replicaCount=2', ...STEADY);
  const addresses = async (release: string) => {
    const { subsets = [] } = await namespace.get<{
      subsets?: { addresses?: { targetRef: { name: string } }[] }[];
    }>('endpoints', `${release}-online-inference`);
    return subsets.flatMap(({ addresses: own = [] }) => own.map(({ targetRef }) => targetRef.name)).sort();
  };
  for (const release of ['demo', 'other']) {
    const names = (await namespace.livingPods(release)).map(({ metadata }) => metadata.name).sort();
    expect(names).toHaveLength(2);
    expect(await addresses(release)).toEqual(names);
  }
  await other.uninstall();
  expect(await namespace.livingPods('demo')).toHaveLength(2);
});

test('the API server accepts every feature of a built-in kind without a warning', async () => {
  const files = readdirSync(path.join(CHART, 'ci')).filter(
    (file) => !/^(http-route|service-monitor)-/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const manifest = await demo.helm('template', 'dry', CHART, '--values', path.join(CHART, 'ci', file));
    await namespace.kubectl(['apply', '--dry-run=server', '--warnings-as-errors', '-f', '-'], manifest);
  }
});

test('the longest legal names work with every kind of object, and uninstall leaves nothing', async () => {
  const kinds =
    'all,configmaps,secrets,serviceaccounts,horizontalpodautoscalers,poddisruptionbudgets,networkpolicies,ingresses,endpointslices';
  const names = async () => (await namespace.kubectl(['get', kinds, '-o', 'name'])).split('\n').sort();
  const before = await names();
  const long = new Release(namespace, 'r'.repeat(53));
  const features = [
    'serviceAccount.create',
    ...['topologySpread', 'ingress', 'autoscaling'].map((name) => `${name}.enabled`),
  ];
  await long.install(
    '--set',
    `fullnameOverride=${'n'.repeat(63)},autoscaling.minReplicas=2,${features.map((name) => `${name}=true`).join()}`,
    ...STEADY,
  );
  expect((await namespace.livingPods('r'.repeat(53))).filter(isReady).length).toBeGreaterThanOrEqual(1);
  expect(await long.test()).toMatch(/Phase: +Succeeded/);
  expect((await names()).length).toBeGreaterThan(before.length + 6);
  await long.uninstall();
  await eventually('nothing of the release is left', 90, async () => {
    const left = (await names()).filter((name) => !before.includes(name));
    if (left.length > 0) {
      throw new Error(left.join(', '));
    }
    return true;
  });
});
