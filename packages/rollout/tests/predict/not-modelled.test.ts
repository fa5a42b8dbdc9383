import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { leftOut } from '../inputs.ts';
import { controller } from '../manifests.ts';

const image = 'web:v2';
type Fields = Parameters<typeof controller>[0];

const predicted = (fields: Fields, document: object, options: PredictOptions = {}): Timeline =>
  predictOnce(`${JSON.stringify(controller(fields))}\n---\n${JSON.stringify(document)}`, {
    image,
    ...options,
  });

test.each([
  ['nodeSelector', { nodeSelector: { disk: 'ssd' } }, 'node selection by disk'],
  [
    'node affinity',
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'Exists' }] }],
          },
        },
      },
    },
    'node selection by pool',
  ],
  ['tolerations', { tolerations: [{ key: 'gpu', operator: 'Exists' }] }, 'tolerations: the taints'],
  ['another scheduler', { schedulerName: 'volcano' }, 'schedulerName: the rules of volcano'],
  ['scheduling gates', { schedulingGates: [{ name: 'a/b' }] }, 'schedulingGates: a pod is not scheduled'],
  ['a priority', { priorityClassName: 'high' }, 'priorityClassName: a pod can preempt'],
])('%s is named as not modelled', (_title, pod, sentence) => {
  expect(leftOut(predictOnce(controller({ pod }), { image }))).toContain(sentence);
});

test.each([
  [
    'a budget that the rollout does not keep',
    { replicas: 4, maxSurge: 0, maxUnavailable: 2 },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'pdb' },
      spec: { minAvailable: 4, selector: { matchLabels: { app: 'web' } } },
    },
    'PodDisruptionBudget/pdb: limits evictions, not a rollout',
  ],
  [
    'a custom resource that scales the workload',
    {},
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'scaler' },
      spec: { scaleTargetRef: { name: 'web' } },
    },
    'ScaledObject/scaler: changes the replicas',
  ],
  [
    'another custom resource',
    {},
    { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'model' } },
    'InferenceService/model: what the controllers',
  ],
])('%s is named', (_title, fields, document, sentence) => {
  expect(leftOut(predicted(fields, document))).toContain(sentence);
});

test('podReplacementPolicy is ignored, and named', () => {
  const manifest = controller();
  const spec = { ...(manifest['spec'] as object), podReplacementPolicy: 'TerminationComplete' };
  const timeline = predictOnce({ ...manifest, spec }, { image });
  expect(leftOut(timeline)).toContain('spec.podReplacementPolicy: ignored');
});

test('objects that a pod needs are named, unless the file has them', () => {
  const container = { envFrom: [{ configMapRef: { name: 'settings' } }] };
  const pod = { volumes: [{ name: 'a', secret: { secretName: 'keys' } }] };
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
  const fields = { container, pod };
  expect(leftOut(predictOnce(controller(fields), { image }))).toContain('ConfigMap/settings');
  const names = leftOut(predicted(fields, settings));
  expect(names).toContain('Secret/keys not in the file');
  expect(names).not.toContain('ConfigMap/settings');
});
