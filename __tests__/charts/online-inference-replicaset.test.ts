import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { containerOf, only, settings, synth } from '../support/synth';

const manifests = synth((app) => new OnlineInferenceReplicaset(app, settings));

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('it keeps three pods of its own running', () => {
  const { spec, metadata } = only(manifests, 'ReplicaSet');
  expect(manifests).toHaveLength(1);
  expect(spec?.replicas).toBe(3);
  expect(spec?.selector?.matchLabels).toMatchObject({ 'app.kubernetes.io/instance': metadata.name });
});

test('it keeps as many as the settings say', () => {
  const own = synth((app) => new OnlineInferenceReplicaset(app, { ...settings, replicas: 7 }));
  expect(only(own, 'ReplicaSet').spec?.replicas).toBe(7);
});

test('its pods run the steady image, and bear the late start of the demo image all the same', () => {
  const { image, ...container } = containerOf(manifests);
  const { image: demo, ...probed } = containerOf(synth((app) => new OnlineInferencePodProbes(app, settings)));
  expect([image, demo]).toEqual(['mivankin/ml_prod_hw2:v1', 'mivankin/ml_prod_hw2:v2']);
  expect(container).toEqual(probed);
});
