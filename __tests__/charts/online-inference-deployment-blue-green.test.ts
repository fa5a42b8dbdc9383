import { OnlineInferenceDeploymentBlueGreen } from '../../charts/online-inference-deployment-blue-green';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { containerOf, only, settings, synth } from '../support/synth';

const of = (changed: Partial<typeof settings>) =>
  synth((app) => new OnlineInferenceDeploymentBlueGreen(app, { ...settings, ...changed }));
const manifests = of({});

test('starts all new pods beside all old pods, and removes no old pod before', () => {
  expect(only(manifests, 'Deployment').spec?.strategy?.rollingUpdate).toEqual({
    maxSurge: '100%',
    maxUnavailable: 0,
  });
});

test.each([0, 10, 300])('no pod is available before the last is ready, %i s after the first', (seconds) => {
  const { spec } = only(of({ readySpreadSeconds: seconds }), 'Deployment');
  expect(spec?.minReadySeconds).toBeGreaterThan(seconds);
});

test.each([1, 2, 100])('accepts %i replicas', (replicas) => {
  expect(only(of({ replicas }), 'Deployment').spec?.replicas).toBe(replicas);
});

test('runs the container of the ReplicaSet', () => {
  const replicated = synth((app) => new OnlineInferenceReplicaset(app, settings));
  expect(containerOf(manifests)).toEqual(containerOf(replicated));
});
