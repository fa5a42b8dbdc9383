import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { demoImage, steadyImage } from '../../settings';
import { containerOf, only, settings, synth } from '../support/synth';
import { OnlineInferenceDeploymentBlueGreen } from '../../charts/online-inference-deployment-blue-green';
import { OnlineInferenceDeploymentRollingUpdate } from '../../charts/online-inference-deployment-rolling-update';

describe('step 4, a ReplicaSet', () => {
  const manifests = synth((app) => new OnlineInferenceReplicaset(app, settings));

  test('keeps three pods running', () => {
    const { spec, metadata } = only(manifests, 'ReplicaSet');
    expect(manifests).toHaveLength(1);
    expect(spec?.replicas).toBe(3);
    expect(spec?.selector?.matchLabels).toMatchObject({ 'app.kubernetes.io/instance': metadata.name });
  });

  test('takes the number of replicas from the settings', () => {
    const own = synth((app) => new OnlineInferenceReplicaset(app, { ...settings, replicas: 7 }));
    expect(only(own, 'ReplicaSet').spec?.replicas).toBe(7);
  });

  test('runs the steady image with the probes of the demo image', () => {
    const { image, ...container } = containerOf(manifests);
    const { image: demo, ...probed } = containerOf(
      synth((app) => new OnlineInferencePodProbes(app, settings)),
    );
    expect([image, demo]).toEqual([steadyImage(settings), demoImage(settings)]);
    expect(container).toEqual(probed);
  });
});

describe('step 5a, blue-green', () => {
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
});

describe('step 5b, a rolling update', () => {
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
});
