import { plainService } from '../../charts/online-inference-service/plain';
import { plainRollout } from '../../charts/online-inference-service/parts/rollout';
import type { ServiceValues } from '../../charts/online-inference-service/parts/values';
import { settings } from '../../__tests__/support/synth';
import { CHART, FILES, merged } from './dist-chart';
import { ownFolder } from './support';
import { Variants } from './variants';

jest.setTimeout(60_000);

const folder = ownFolder();

/** The chart's rules with nothing else: a template that says what they find. */
const RULES = new Map([
  ...[...FILES].filter(([file]) => !file.startsWith('templates/') || file.endsWith('.tpl')),
  ['templates/found.yaml', 'found: {{ include "online-inference.violations" . | trim | toJson }}\n'],
]);

const SHARES = [0, 1, 2, 5, '0%', '10%', '25%', '34%', '100%'];

/** cdk8s-plus refuses both as 0 with words of its own. */
const isNone = (share: string | number) => share === 0 || share === '0%';

const rolling = [1, 2, 3, 7].flatMap((replicaCount) =>
  SHARES.flatMap((maxSurge) =>
    SHARES.filter((maxUnavailable) => !(isNone(maxSurge) && isNone(maxUnavailable))).map(
      (maxUnavailable) => ({
        replicaCount,
        strategy: { maxSurge, maxUnavailable },
      }),
    ),
  ),
);

const scaled = SHARES.map((maxUnavailable) => ({
  autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 9 },
  strategy: { maxSurge: '10%', maxUnavailable },
}));

const others = [
  { replicaCount: 1, strategy: { type: 'blue-green' } },
  { autoscaling: { enabled: true, minReplicas: 1, maxReplicas: 9 }, strategy: { type: 'blue-green' } },
  { replicaCount: 1, strategy: { type: 'free', maxSurge: 0 } },
];

/** What the rules that guard the plain manifest say of the same values. */
function violations(values: object): string[] {
  return plainRollout(merged(plainService(settings).values, values) as ServiceValues).violations();
}

test("the chart's rules find what the rules of cdk8s synth find, in the same words", async () => {
  const cases = [...rolling.filter((_, i) => i % 5 === 0), ...scaled, ...others];
  const texts = await new Variants(folder, 'rules', RULES, cases).texts();
  const found = texts.map((text) => {
    const [, json = '""'] = /found: (".*")/.exec(text) ?? [];
    return [...new Set((JSON.parse(json) as string).split('\n'))].filter((line) => line !== '');
  });
  const wanted = cases.map(violations);
  expect(found).toEqual(wanted);
  expect(wanted.filter((lines) => lines.length === 0).length).toBeGreaterThan(10);
  expect(wanted.filter((lines) => lines.length > 0).length).toBeGreaterThan(30);
});

test.each([
  [{ replicaCount: 1 }, 'rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once'],
  [
    { autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 5 }, strategy: { maxUnavailable: '25%' } },
    'rolling: maxUnavailable 25% is 0 of 2 replicas: no old pod could go while a new one comes up',
  ],
  [
    { autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 4 } },
    'autoscaling: minReplicas 5 is more than maxReplicas 4',
  ],
  [
    { progressDeadlineSeconds: 30, strategy: { type: 'blue-green' } },
    'progressDeadlineSeconds 30 must exceed the 30 s that a new pod must be ready',
  ],
  [
    { strategy: { maxSurge: 0, maxUnavailable: 0 } },
    'rolling: maxSurge 0 is 0 of 3 replicas: no new pod could come up',
  ],
  [
    { podDisruptionBudget: { maxUnavailable: '0%' } },
    'podDisruptionBudget: maxUnavailable 0%: no pod could be evicted, and no node drained',
  ],
  [
    { podDisruptionBudget: { minAvailable: '67%' } },
    'podDisruptionBudget: minAvailable 67% is 3 of 3 replicas: no pod could be evicted, and no node drained',
  ],
  [{ service: { nodePort: 30080 } }, 'service: nodePort 30080 needs the type NodePort or LoadBalancer'],
])('%j is refused, and said why', async (values, reason) => {
  expect(await folder.text(CHART, values)).toEqual({ refusal: expect.stringContaining(reason) as string });
});

test.each([{ maxUnavailable: '1%' }, { minAvailable: '66%' }, { enabled: false, maxUnavailable: 0 }])(
  'a budget that lets some pod be evicted, or is none, is taken: %j',
  async (podDisruptionBudget) => {
    const kinds = (await folder.manifests(CHART, { podDisruptionBudget })).map(({ kind }) => kind);
    expect(kinds.includes('PodDisruptionBudget')).toBe(podDisruptionBudget.enabled !== false);
  },
);

test('blue-green holds all old and all new pods, however many the autoscaler wants', async () => {
  const strategy = { type: 'blue-green', readySpreadSeconds: 7, overlapSeconds: 8 };
  const manifests = await folder.manifests(CHART, {
    autoscaling: { enabled: true, minReplicas: 1 },
    strategy,
  });
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  expect(deployment?.['spec']).toMatchObject({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } },
    minReadySeconds: 15,
  });
  expect(deployment?.['spec']).not.toHaveProperty('replicas');
});

test('the grace period is the drain delay and the time to close, whatever these are', async () => {
  const manifests = await folder.manifests(CHART, { config: { drainDelaySeconds: 20 }, closeSeconds: 100 });
  expect(manifests.find(({ kind }) => kind === 'Deployment')).toMatchObject({
    spec: { template: { spec: { terminationGracePeriodSeconds: 120 } } },
  });
  expect(manifests.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
    data: { DRAIN_DELAY_SECONDS: '20' },
  });
});
