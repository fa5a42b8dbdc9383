import type { PredictOptions } from '../src';
import type { WorkloadSpec } from '../src/manifest/workload-spec';
import type { Case, Ground } from './cases';

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

/** A pod of the fake nodes becomes ready by itself, as if it were asked all the time. */
function asFakeNodesRunIt(spec: WorkloadSpec): WorkloadSpec {
  const readiness = {
    initialDelaySeconds: 0,
    periodSeconds: 0,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 1,
  };
  const containers = spec.template.containers.map((container) => ({ ...container, readiness }));
  return { ...spec, template: { ...spec.template, containers } };
}

const seconds = (spec: WorkloadSpec, annotation: string): number =>
  Number(spec.template.annotations[annotation] ?? 0) / 1000;

/** What is known of the fake nodes, and of a case's pods on them. */
export function fakeOptions(): Pick<PredictOptions, 'timings' | 'asRun' | 'capacity' | 'jitter'> {
  return {
    asRun: (spec) => {
      const run = asFakeNodesRunIt(spec);
      const env = {
        START_DELAY_SECONDS: String(seconds(spec, 'fake/ready-ms')),
        DRAIN_DELAY_SECONDS: String(seconds(spec, 'fake/stop-ms')),
      };
      const containers = run.template.containers.map((container) => ({ ...container, env }));
      return { ...run, template: { ...run.template, containers } };
    },
    capacity: { nodes: 2 },
    jitter: 0.8,
    timings: {
      write: 0.012,
      watch: 0.004,
      containerStart: 0.02,
      relist: 0,
      cleanup: 0.02,
      controllerQps: 300,
      controllerBurst: 400,
    },
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
