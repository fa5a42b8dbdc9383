import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { demoImage, steadyImage } from '../../settings';
import { containerOf, only, settings, synth } from '../support/synth';

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
  const { image: demo, ...probed } = containerOf(synth((app) => new OnlineInferencePodProbes(app, settings)));
  expect([image, demo]).toEqual([steadyImage(settings), demoImage(settings)]);
  expect(container).toEqual(probed);
});
