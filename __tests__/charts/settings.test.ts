import type { App, Chart } from 'cdk8s';
import { OnlineInferenceDeploymentBlueGreen } from '../../charts/online-inference-deployment-blue-green';
import { OnlineInferenceDeploymentRollingUpdate } from '../../charts/online-inference-deployment-rolling-update';
import { OnlineInferencePod } from '../../charts/online-inference-pod';
import { OnlineInferencePodProbes } from '../../charts/online-inference-pod-probes';
import { OnlineInferenceReplicaset } from '../../charts/online-inference-replicaset';
import type { Settings } from '../../settings';
import { containerOf, settings, synth } from '../support/synth';

// The snapshots and __tests__/dist have the charts of the default settings.

type Step = new (app: App, settings: Settings) => Chart;

const of = (Step: Step, changed: Partial<Settings>) =>
  synth((app) => new Step(app, { ...settings, ...changed }));

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const REPOSITORY = settings.imageRepository;

test.each<[Step, Partial<Settings>, image: string]>([
  [OnlineInferencePod, { imageRepository: 'ghcr.io/me/it', steadyTag: 'main' }, 'ghcr.io/me/it:main'],
  [OnlineInferencePod, { steadyDigest: DIGEST }, `${REPOSITORY}:v1@${DIGEST}`],
  [OnlineInferencePodProbes, { demoTag: 'late' }, `${REPOSITORY}:late`],
  [OnlineInferencePodProbes, { demoDigest: DIGEST }, `${REPOSITORY}:v2@${DIGEST}`],
])('%p with %j runs the image %s', (step, changed, image) => {
  expect(containerOf(of(step, changed)).image).toBe(image);
});

test('a later start raises only the failure threshold of the startup probe', () => {
  const latestStartSeconds = 2 * settings.latestStartSeconds;
  const { startupProbe: short, ...before } = containerOf(of(OnlineInferencePodProbes, {}));
  const { startupProbe: long, ...after } = containerOf(of(OnlineInferencePodProbes, { latestStartSeconds }));
  expect(long?.failureThreshold).toBeGreaterThan(Number(short?.failureThreshold));
  expect(after).toEqual(before);
});

test.each<[Step, number]>([
  [OnlineInferenceReplicaset, 7],
  [OnlineInferenceDeploymentBlueGreen, 1],
  [OnlineInferenceDeploymentBlueGreen, 100],
  [OnlineInferenceDeploymentRollingUpdate, 2],
  [OnlineInferenceDeploymentRollingUpdate, 100],
])('%p accepts %i replicas', (step, replicas) => {
  expect(of(step, { replicas })[0]?.spec?.replicas).toBe(replicas);
});

test('a rolling update rejects a single replica, which would mean an outage', () => {
  expect(() => of(OnlineInferenceDeploymentRollingUpdate, { replicas: 1 })).toThrow(
    'rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once',
  );
});

test.each([0, 10, 300])(
  'blue-green: no pod is available before the last is ready, %i s after the first',
  (seconds) => {
    const [deployment] = of(OnlineInferenceDeploymentBlueGreen, { readySpreadSeconds: seconds });
    expect(deployment?.spec?.minReadySeconds).toBeGreaterThan(seconds);
  },
);
