import { OnlineInferenceDeploymentRollingUpdate } from '../../charts/online-inference-deployment-rolling-update';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { containerOf, only, settings, synth } from '../support/synth';

const of = (changed: Partial<typeof settings>) =>
  synth((app) => new OnlineInferenceDeploymentRollingUpdate(app, { ...settings, ...changed }));
const manifests = of({});

test('replaces one pod at a time', () => {
  const { spec } = only(manifests, 'Deployment');
  expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 1 });
  expect(spec?.minReadySeconds).toBe(0);
});

test.each([2, 100])('accepts %i replicas', (replicas) => {
  expect(only(of({ replicas }), 'Deployment').spec?.replicas).toBe(replicas);
});

test('rejects a single replica, which would mean an outage', () => {
  expect(() => of({ replicas: 1 })).toThrow(
    'rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once',
  );
});

test('runs the container of the ReplicaSet', () => {
  const replicated = synth((app) => new OnlineInferenceReplicaset(app, settings));
  expect(containerOf(manifests)).toEqual(containerOf(replicated));
});
