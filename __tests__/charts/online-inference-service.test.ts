import { OnlineInferenceService, plainService } from '../../charts/online-inference-service';
import { testLabels } from '../../charts/online-inference-service/helm-test';
import type { ServiceValues } from '../../charts/online-inference-service/values';
import { HTTP_PORT } from '../../constructs/image';
import { only, settings, synth } from '../support/synth';

const of = (changed: Partial<typeof settings>) =>
  synth((app) => new OnlineInferenceService(app, plainService({ ...settings, ...changed })));
const manifests = of({});
const withValues = (values: Partial<ServiceValues>) => {
  const all = { ...plainService(settings).values, ...values };
  return synth((app) => new OnlineInferenceService(app, plainService(settings, all)));
};
const templateOf = (changed: Partial<typeof settings>) => only(of(changed), 'Deployment').spec?.template;

test('creates the ConfigMap before the pods that read it', () => {
  expect(manifests.map(({ kind }) => kind)).toEqual([
    'ConfigMap',
    'Deployment',
    'Service',
    'PodDisruptionBudget',
    'NetworkPolicy',
  ]);
});

test('writes settings to the ConfigMap', () => {
  const own = of({ logLevel: 'debug', decisionThreshold: 0.25, drainDelaySeconds: 9 });
  expect(only(own, 'ConfigMap').data).toEqual({
    LOG_LEVEL: 'debug',
    DECISION_THRESHOLD: '0.25',
    DRAIN_DELAY_SECONDS: '9',
  });
});

test.each<Partial<typeof settings>>([
  { logLevel: 'debug' },
  { decisionThreshold: 0.51 },
  { drainDelaySeconds: 7 },
])('%j changes the checksum in the pod template, which replaces the pods', (changed) => {
  const checksum = 'checksum/config';
  const before = only(manifests, 'Deployment').spec?.template?.metadata.annotations?.[checksum];
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(templateOf(changed)?.metadata.annotations?.[checksum]).not.toBe(before);
});

test('another number of replicas does not change the pod template', () => {
  expect(templateOf({ replicas: 5 })).toEqual(only(manifests, 'Deployment').spec?.template);
});

test.each([0, 6, 300])('leaves time to close after a drain delay of %i s', (drainDelaySeconds) => {
  const grace = templateOf({ drainDelaySeconds })?.spec.terminationGracePeriodSeconds;
  expect(grace).toBeGreaterThan(drainDelaySeconds + 10);
});

test('the Service maps port 80 to the port of the container', () => {
  expect(only(manifests, 'Service').spec?.ports).toEqual([{ name: 'http', port: 80, targetPort: HTTP_PORT }]);
});

test('the PodDisruptionBudget allows one eviction at a time, and always that of a pod that is not ready', () => {
  expect(only(manifests, 'PodDisruptionBudget').spec).toEqual({
    maxUnavailable: 1,
    selector: only(manifests, 'Deployment').spec?.selector,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

test('the NetworkPolicy allows all peers on the port of the container, and denies all egress', () => {
  expect(only(manifests, 'NetworkPolicy').spec).toEqual({
    podSelector: only(manifests, 'Deployment').spec?.selector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ protocol: 'TCP', port: HTTP_PORT }] }],
  });
});

test('the NetworkPolicy allows the pod of `helm test` besides the given peers', () => {
  const own = { namespaceSelector: { matchLabels: { team: 'hearts' } } };
  const policy = only(
    withValues({ networkPolicy: { enabled: true, from: [own], egress: [] } }),
    'NetworkPolicy',
  );
  const tester = { podSelector: { matchLabels: testLabels(plainService(settings).release) } };
  expect(policy.spec).toMatchObject({ ingress: [{ from: [tester, own] }] });
});

test('the PodDisruptionBudget and the NetworkPolicy can be turned off', () => {
  const { networkPolicy, podDisruptionBudget } = plainService(settings).values;
  const bare = withValues({
    networkPolicy: { ...networkPolicy, enabled: false },
    podDisruptionBudget: { ...podDisruptionBudget, enabled: false },
  });
  expect(bare).toEqual(manifests.filter(({ kind }) => !/Budget|Policy/.test(kind)));
});
