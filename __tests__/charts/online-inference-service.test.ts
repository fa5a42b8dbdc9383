import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { OnlineInferenceService } from '../../charts/online-inference-service';
import { plainService } from '../../charts/online-inference-service/plain';
import { testLabels } from '../../charts/online-inference-service/parts/objects';
import type { ServiceValues } from '../../charts/online-inference-service/parts/values';
import { containerOf, only, settings, synth } from '../support/synth';

const of = (changed: Partial<typeof settings>) =>
  synth((app) => new OnlineInferenceService(app, plainService({ ...settings, ...changed })));
const manifests = of({});
const withValues = (values: Partial<ServiceValues>) => {
  const all = { ...plainService(settings).values, ...values };
  return synth((app) => new OnlineInferenceService(app, plainService(settings, all)));
};
const templateOf = (changed: Partial<typeof settings>) => only(of(changed), 'Deployment').spec?.template;

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('the ConfigMap comes before the pods that read it', () => {
  expect(manifests.map(({ kind }) => kind)).toEqual([
    'ConfigMap',
    'Deployment',
    'Service',
    'PodDisruptionBudget',
    'NetworkPolicy',
  ]);
});

test('the ConfigMap holds what the settings say', () => {
  const own = of({ logLevel: 'debug', decisionThreshold: 0.25, drainDelaySeconds: 9 });
  expect(only(own, 'ConfigMap').data).toEqual({
    LOG_LEVEL: 'debug',
    DECISION_THRESHOLD: '0.25',
    DRAIN_DELAY_SECONDS: '9',
  });
});

test("its pods run the ReplicaSet's container with all of the ConfigMap in their environment", () => {
  const { envFrom, ...container } = containerOf(manifests);
  expect(envFrom).toEqual([{ configMapRef: { name: only(manifests, 'ConfigMap').metadata.name } }]);
  expect(container).toEqual(containerOf(synth((app) => new OnlineInferenceReplicaset(app, settings))));
});

const changes: Partial<typeof settings>[] = [
  { logLevel: 'debug' },
  { decisionThreshold: 0.51 },
  { drainDelaySeconds: 7 },
];

test.each(changes)('%j changes the checksum in the pod template, and so rolls the pods', (changed) => {
  const checksum = 'checksum/config';
  expect(templateOf({})?.metadata.annotations?.[checksum]).toMatch(/^[0-9a-f]{64}$/);
  expect(templateOf(changed)?.metadata.annotations?.[checksum]).not.toBe(
    templateOf({})?.metadata.annotations?.[checksum],
  );
});

test('the same settings give the same template, and so roll nothing', () => {
  expect(templateOf({})).toEqual(templateOf({ replicas: 5 }));
});

test.each([0, 6, 300])('a drain delay of %i s leaves time to close before the kill', (drainDelaySeconds) => {
  const grace = templateOf({ drainDelaySeconds })?.spec.terminationGracePeriodSeconds;
  expect(grace).toBeGreaterThan(drainDelaySeconds + 10);
});

test('the Service leads from port 80 to the port of the container', () => {
  const [port] = containerOf(manifests).ports;
  expect(only(manifests, 'Service').spec?.ports).toEqual([
    { name: 'http', port: 80, targetPort: port?.containerPort },
  ]);
});

test("the Service selects by the Deployment's labels", () => {
  expect(only(manifests, 'Service').spec?.selector).toEqual(
    only(manifests, 'Deployment').spec?.selector?.matchLabels,
  );
});

test('nodes are drained one pod at a time, and a pod that is not ready holds none up', () => {
  expect(only(manifests, 'PodDisruptionBudget').spec).toEqual({
    maxUnavailable: 1,
    selector: only(manifests, 'Deployment').spec?.selector,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

test('anyone may ask the port of the container, and no other; the pods may ask nobody', () => {
  const [port] = containerOf(manifests).ports;
  expect(only(manifests, 'NetworkPolicy').spec).toEqual({
    podSelector: only(manifests, 'Deployment').spec?.selector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ protocol: 'TCP', port: port?.containerPort }] }],
  });
});

test('peers narrow who may ask, and the pod of `helm test` still may', () => {
  const own = { namespaceSelector: { matchLabels: { team: 'hearts' } } };
  const policy = only(
    withValues({ networkPolicy: { enabled: true, from: [own], egress: [] } }),
    'NetworkPolicy',
  );
  const tester = { podSelector: { matchLabels: testLabels(plainService(settings).release) } };
  expect(policy.spec).toMatchObject({ ingress: [{ from: [tester, own] }] });
});

test('both can be left out', () => {
  const { networkPolicy, podDisruptionBudget } = plainService(settings).values;
  const bare = withValues({
    networkPolicy: { ...networkPolicy, enabled: false },
    podDisruptionBudget: { ...podDisruptionBudget, enabled: false },
  });
  expect(bare).toEqual(manifests.filter(({ kind }) => !/Budget|Policy/.test(kind)));
});
