import { defaultTimings, type PredictOptions } from '../../packages/rollout/src';
import type { Probe, WorkloadSpec } from '../../packages/rollout/src/manifest/workload-spec';
import type { Calibration } from './calibrate';
import type { Case, Ground } from './cases';

/** What is known of a ground's nodes before a case is run. */
export type KnownOptions = Pick<
  PredictOptions,
  'timings' | 'asRun' | 'capacity' | 'jitter' | 'behaviour' | 'seed'
>;

/** Pods that only pretend to run, under the real controllers: kwok's, as shared test clusters set it up. */
export const fake: Ground = {
  images: ['example.com/web:v1', 'example.com/web:v2', 'example.com/web:v3'],
  template: (name, startDelay, drain) => ({
    metadata: {
      labels: { app: name },
      annotations: { 'fake/ready-ms': String(startDelay * 1000), 'fake/stop-ms': String(drain * 1000) },
    },
    spec: {
      nodeSelector: { type: 'kwok' },
      tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
      containers: [{ name: 'web', image: 'example.com/web:v1' }],
    },
  }),
  setStartDelay: (startDelay) => `spec.template.metadata.annotations["fake/ready-ms"]="${startDelay * 1000}"`,
};

const IMAGE = 'mivankin/ml_prod_hw2';

/** Pods of the service itself under a real kubelet. */
export const real: Ground = {
  // the last is the second under another name: another template, the same program
  images: [`docker.io/${IMAGE}:v1`, `docker.io/${IMAGE}:v2`, `${IMAGE}:v2`],
  template: (name, startDelay, drain) => ({
    metadata: { labels: { app: name } },
    spec: {
      containers: [
        {
          name: 'web',
          image: `docker.io/${IMAGE}:v1`,
          imagePullPolicy: 'IfNotPresent',
          env: [
            { name: 'START_DELAY_SECONDS', value: String(startDelay) },
            { name: 'DRAIN_DELAY_SECONDS', value: String(drain) },
            { name: 'CRASH_AFTER_SECONDS', value: '0' },
          ],
          readinessProbe: { httpGet: { path: '/readyz', port: 8000 }, periodSeconds: 1 },
        },
      ],
    },
  }),
  setStartDelay: (startDelay) => `spec.template.spec.containers[0].env[0].value="${startDelay}"`,
};

/** A workload whose pods start and end as they are known to. */
function behaving(spec: WorkloadSpec, startDelay: number, drain: number, readiness?: Probe): WorkloadSpec {
  const containers = spec.template.containers.map((container) => ({
    ...container,
    env: { START_DELAY_SECONDS: String(startDelay), DRAIN_DELAY_SECONDS: String(drain) },
    ...(readiness && { readiness }),
  }));
  return { ...spec, template: { ...spec.template, containers } };
}

/** A pod of the fake nodes becomes ready by itself, as if it were asked all the time. */
const askedAllTheTime: Probe = {
  initialDelaySeconds: 0,
  periodSeconds: 0,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 1,
};

/** The test cluster's: so its controllers are started, and so many writes it serves when 1,000 pods are replaced. */
const API = { controllerQps: 300, controllerBurst: 400, serve: 0.004 };

/** What is known of the fake nodes, and of the pods on them. */
export function fakeOptions({ timings, jitter, readyExtra }: Calibration): KnownOptions {
  const seconds = ({ template }: WorkloadSpec, annotation: string): number =>
    Number(template.annotations[annotation] ?? 0) / 1000;
  return {
    asRun: (spec) => {
      const startDelay = seconds(spec, 'fake/ready-ms') + readyExtra;
      return behaving(spec, startDelay, seconds(spec, 'fake/stop-ms'), askedAllTheTime);
    },
    capacity: { nodes: 2 },
    jitter,
    timings: { ...timings, ...API, relist: 0 },
  };
}

/** What is known of the real node, and of the service's pods on it. */
export function realOptions({ timings, jitter, readyExtra }: Calibration): KnownOptions {
  // a process starts half a look of the kubelet's before it is seen to
  const unseen = defaultTimings.relist / 2;
  return {
    behaviour: { boot: readyExtra + unseen },
    jitter,
    timings: { ...timings, ...API, containerStart: Math.max(0.1, timings.containerStart - unseen) },
  };
}

/** The changes of a case as `predict` takes them. */
export function changesOf({ requests }: Case): PredictOptions {
  const [first = {}, ...then] = requests;
  const { image, replicas, set } = first;
  return {
    ...(image !== undefined && { image }),
    ...(replicas !== undefined && { replicas }),
    ...(set && { set }),
    then,
  };
}
