import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CHART, Release } from './helm';
import { eventually } from '../kit/kubectl';
import { LoadPod } from '../kit/load/load-pod';
import { EXAMPLES, predictions, type Prediction } from './model';
import { isReady, Namespace, type Pod } from '../kit/namespace';
import { total } from '../soak/claims';

/** The demo image (v2) stands in for a new version: its late start is kept short, and its crash is left out. */
const STEADY = [
  '--set-json',
  'extraEnv=[{"name":"START_DELAY_SECONDS","value":"3"},{"name":"CRASH_AFTER_SECONDS","value":"0"}]',
];

let namespace: Namespace;
let demo: Release;

/** The pods of a release that are to stay. */
async function podsOf(release: string): Promise<readonly Pod[]> {
  return (await namespace.pods(release)).filter(({ metadata }) => !metadata.deletionTimestamp);
}

async function images(release: string): Promise<string[]> {
  const selector = `--selector=app.kubernetes.io/instance=${release}`;
  const { items } = await namespace.get<{
    items: { metadata: { deletionTimestamp?: string }; spec: { containers: { image: string }[] } }[];
  }>('pods', selector);
  return items
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ spec }) => spec.containers[0]?.image ?? '');
}

/** The rollout has succeeded before the last of the old pods is drained. */
function oldPodsAreGone(): Promise<true> {
  return eventually('the old pods are gone', 60, async () => {
    const pods = await namespace.pods('demo');
    if (pods.length > 2) {
      throw new Error(`${pods.length} pods`);
    }
    return true;
  });
}

const uids = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.uid).sort();

beforeAll(async () => {
  namespace = await Namespace.create('helm');
  demo = new Release(namespace, 'demo');
});

afterAll(async () => {
  await namespace.delete();
});

test('helm install prints a command, and that gives a prediction', async () => {
  const notes = await demo.install(
    '--set',
    'image.repository=mivankin/ml_prod_hw2',
    '--set',
    'replicaCount=2',
    ...STEADY,
  );
  const command = /^ {2}(kubectl get --raw '.*')$/m.exec(notes)?.[1] ?? '';
  const prediction = JSON.parse(execFileSync('sh', ['-c', command], { encoding: 'utf8' })) as Prediction;
  expect(prediction.label).toBe(EXAMPLES[0]?.label);
  expect(prediction.probability).toBeCloseTo(EXAMPLES[0]?.probability ?? NaN, 5);
  expect((await podsOf('demo')).filter(isReady)).toHaveLength(2);
});

test('helm test makes a prediction, and leaves no pod', async () => {
  expect(await demo.test()).toMatch(/Phase: +Succeeded/);
  expect(await namespace.kubectl(['get', 'pods', '-o', 'name'])).not.toContain('test');
});

test('a new image under load loses no request', async () => {
  const load = await LoadPod.start(namespace, { service: 'demo-online-inference', ratePerSecond: 50 });
  await demo.upgrade('--set', 'image.tag=v2');
  expect(await images('demo')).toEqual(Array(2).fill('mivankin/ml_prod_hw2:v2'));
  await oldPodsAreGone();
  const report = await load.end();
  console.log(
    `${total(report, 'sent')} requests through an upgrade of the image: ${total(report, 'failed')} failed`,
  );
  expect(report.failures).toEqual([]);
  expect(Object.keys(report.builds)).toHaveLength(2);
});

test('a rollback brings the old image back', async () => {
  await demo.rollback();
  expect(await images('demo')).toEqual(Array(2).fill('mivankin/ml_prod_hw2:v1'));
});

test('a changed value of config rolls the pods, and the process has it', async () => {
  const before = await podsOf('demo');
  await demo.upgrade('--set', 'config.decisionThreshold=1', '--set', 'config.logLevel=debug');
  const after = await podsOf('demo');
  expect(uids(after).filter((uid) => uids(before).includes(uid))).toEqual([]);
  const labels = (await predictions(namespace, after[0]?.metadata.name ?? '')).map(({ label }) => label);
  expect(EXAMPLES.some(({ label }) => label === 1)).toBe(true);
  expect(labels).toEqual(EXAMPLES.map(() => 0));
});

test('an upgrade that changes no value replaces no pod', async () => {
  const before = await podsOf('demo');
  await demo.upgrade();
  expect(uids(await podsOf('demo'))).toEqual(uids(before));
});

test('two releases live side by side: each Service has its own pods', async () => {
  const other = new Release(namespace, 'other');
  await other.install('--set', 'replicaCount=2', ...STEADY);
  const addresses = async (release: string) => {
    const { subsets = [] } = await namespace.get<{
      subsets?: { addresses?: { targetRef: { name: string } }[] }[];
    }>('endpoints', `${release}-online-inference`);
    return subsets.flatMap(({ addresses: own = [] }) => own.map(({ targetRef }) => targetRef.name)).sort();
  };
  for (const release of ['demo', 'other']) {
    const names = (await podsOf(release)).map(({ metadata }) => metadata.name).sort();
    expect(names).toHaveLength(2);
    expect(await addresses(release)).toEqual(names);
  }
  await other.uninstall();
  expect(await podsOf('demo')).toHaveLength(2);
});

test('the API server takes every feature that it has the kinds for, without a warning', async () => {
  const files = readdirSync(path.join(CHART, 'ci')).filter(
    (file) => !/^(http-route|service-monitor)-/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const manifest = await demo.helm('template', 'dry', CHART, '--values', path.join(CHART, 'ci', file));
    await namespace.kubectl(['apply', '--dry-run=server', '--warnings-as-errors', '-f', '-'], manifest);
  }
});

test('the longest legal names work, with every kind of object; uninstall leaves nothing', async () => {
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
  expect((await podsOf('r'.repeat(53))).filter(isReady).length).toBeGreaterThanOrEqual(1);
  expect(await long.test()).toMatch(/Phase: +Succeeded/);
  expect((await names()).length).toBeGreaterThan(before.length + 6);
  await long.uninstall();
  await eventually('nothing of the release left', 60, async () => {
    const left = (await names()).filter((name) => !before.includes(name));
    if (left.length > 0) {
      throw new Error(left.join(', '));
    }
    return true;
  });
});
