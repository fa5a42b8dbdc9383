import { plainService } from '../../charts/online-inference-service';
import { plainRollout } from '../../charts/online-inference-service/rollout';
import type { ServiceValues } from '../../charts/online-inference-service/values';
import { settings } from '../../__tests__/support/synth';
import { CHART, FILES, folder, merged } from './dist-chart';
import { outputsOf } from './variants';

/** The chart with a single template, which prints the violations. */
const RULES = new Map([
  ...[...FILES].filter(([file]) => !file.startsWith('templates/') || file.endsWith('.tpl')),
  ['templates/found.yaml', 'found: {{ include "online-inference.violations" . | trim | toJson }}\n'],
]);

const SHARES = [0, 1, 2, 5, '0%', '10%', '25%', '34%', '100%'];

/** cdk8s-plus rejects 0 for both with a message of its own. */
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

/** Returns the violations that cdk8s synthesis reports for the same values. */
function violations(values: object): string[] {
  return plainRollout(merged(plainService(settings).values, values) as ServiceValues).violations();
}

test('Helm reports the same violations as cdk8s synthesis, in the same words', async () => {
  const cases = [...rolling.filter((_, i) => i % 5 === 0), ...scaled, ...others];
  const outputs = await outputsOf(RULES, cases);
  const found = outputs.map((output) => {
    const [, json = '""'] = /found: (".*")/.exec(output) ?? [];
    return [...new Set((JSON.parse(json) as string).split('\n'))].filter((line) => line !== '');
  });
  const expected = cases.map(violations);
  expect(found).toEqual(expected);
  expect(expected.filter((lines) => lines.length === 0).length).toBeGreaterThan(10);
  expect(expected.filter((lines) => lines.length > 0).length).toBeGreaterThan(30);
});

test.each([
  [{ replicaCount: 1 }, 'rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once'],
  [
    { autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 4 } },
    'autoscaling: minReplicas 5 is greater than maxReplicas 4',
  ],
  [
    { progressDeadlineSeconds: 30, strategy: { type: 'blue-green' } },
    'progressDeadlineSeconds 30 must be greater than the 30 s that a new pod must be ready',
  ],
  [
    { podDisruptionBudget: { maxUnavailable: '0%' } },
    'podDisruptionBudget: maxUnavailable 0%: no pod could be evicted and no node drained',
  ],
  [
    { podDisruptionBudget: { minAvailable: '67%' } },
    'podDisruptionBudget: minAvailable 67% is 3 of 3 replicas: no pod could be evicted and no node drained',
  ],
  [{ service: { nodePort: 30080 } }, 'service: nodePort 30080 needs service.type NodePort or LoadBalancer'],
])('rejects %j with the reason', async (values, reason) => {
  expect(await folder.template(CHART, values)).toEqual({ error: expect.stringContaining(reason) as string });
});

test.each([{ maxUnavailable: '1%' }, { minAvailable: '66%' }, { enabled: false, maxUnavailable: 0 }])(
  'accepts a PodDisruptionBudget that allows an eviction, or that is off: %j',
  async (podDisruptionBudget) => {
    const kinds = (await folder.manifests(CHART, { podDisruptionBudget })).map(({ kind }) => kind);
    expect(kinds.includes('PodDisruptionBudget')).toBe(podDisruptionBudget.enabled !== false);
  },
);
