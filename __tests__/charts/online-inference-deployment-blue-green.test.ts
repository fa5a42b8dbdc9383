import { OnlineInferenceDeploymentBlueGreen } from '../../charts/online-inference-deployment-blue-green';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import { containerOf, only, settings, synth } from '../support/synth';

const of = (changed: Partial<typeof settings>) =>
  synth((app) => new OnlineInferenceDeploymentBlueGreen(app, { ...settings, ...changed }));
const manifests = of({});

test('it is what its snapshot shows', () => {
  expect(manifests).toMatchSnapshot();
});

test('all new pods come up beside all old ones, of which none goes before', () => {
  expect(only(manifests, 'Deployment').spec?.strategy?.rollingUpdate).toEqual({
    maxSurge: '100%',
    maxUnavailable: 0,
  });
});

test.each([0, 10, 300])(
  'with %i s between the first and the last ready pod, none is available sooner',
  (seconds) => {
    const { spec } = only(of({ readySpreadSeconds: seconds }), 'Deployment');
    expect(spec?.minReadySeconds).toBeGreaterThan(seconds);
  },
);

test.each([1, 2, 100])('it holds for %i replicas', (replicas) => {
  expect(only(of({ replicas }), 'Deployment').spec?.replicas).toBe(replicas);
});

test("its pods run the ReplicaSet's container", () => {
  const replicated = synth((app) => new OnlineInferenceReplicaset(app, settings));
  expect(containerOf(manifests)).toEqual(containerOf(replicated));
});
