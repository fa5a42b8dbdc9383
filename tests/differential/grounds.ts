import {
  defaultTimings,
  type Manifest,
  type PredictOptions,
  type Timings,
  type WorkloadSpec,
} from '@online-inference/rollout';
import { IMAGE_REPOSITORY } from '../kit/images';

type Probe = NonNullable<WorkloadSpec['template']['containers'][number]['readiness']>;

/** Latencies of a cluster, measured on cases that no prediction is judged by. */
export interface Calibration {
  readonly timings: Pick<Timings, 'write' | 'watch' | 'containerStart' | 'cleanup'>;
  /** Standard deviation of the logarithm of a latency. */
  readonly jitter: number;
  /** Seconds that a pod takes to become ready beyond its start delay. */
  readonly readyExtra: number;
}

/** What predictions know of a ground's nodes. */
export type GroundOptions = Pick<PredictOptions, 'timings' | 'asRun' | 'capacity' | 'jitter' | 'behaviour'>;

/** A kind of nodes on which cases run. */
export interface Ground {
  readonly title: string;
  /** Largest number of replicas of most cases; a tenth of the cases has up to three times as many. */
  readonly maxReplicas: number;
  readonly images: readonly [first: string, second: string, third: string];
  /** Returns a pod template for pods with a start delay and a drain time in seconds. */
  readonly createTemplate: (name: string, startDelay: number, drain: number) => object;
  /** Returns the `path=value` that sets the start delay in a manifest. */
  readonly setStartDelay: (startDelay: number) => string;
  /** Returns the `path=value` that sets when processes exit, in seconds. @default - pods never crash */
  readonly setCrash?: (seconds: number) => string;
  /** Returns the options of predictions from the measured latencies. */
  readonly getOptions: (calibration: Calibration) => GroundOptions;
  /** Returns a manifest whose pods behave in the rival's simulation as they do on these nodes. */
  readonly asRival: (manifest: Manifest) => Manifest;
}

/** Rate limits of the test cluster, whose controllers are started with them. */
const API = { controllerQps: 300, controllerBurst: 400 };

/** A fake node has no kubelet: nothing syncs a pod or reads it before its status is written. */
const NO_KUBELET = { relist: 0, sync: 0, status: 0 };

/** Sets how the pods of a workload behave. */
function setBehaviour(spec: WorkloadSpec, startDelay: number, drain: number, readiness: Probe): WorkloadSpec {
  const env = { START_DELAY_SECONDS: String(startDelay), DRAIN_DELAY_SECONDS: String(drain) };
  const containers = spec.template.containers.map((container) => ({ ...container, env, readiness }));
  return { ...spec, template: { ...spec.template, containers } };
}

/** A fake node makes a pod ready without a probe, like a probe without a period. */
const CONTINUOUS_PROBE: Probe = {
  initialDelaySeconds: 0,
  periodSeconds: 0,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 1,
};

const RIVAL_PERIOD_SECONDS = 0.05;

type FakeManifest = Manifest & {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: { containers: readonly object[]; nodeSelector?: unknown };
    };
  };
};

const READY_MS = 'fake/ready-ms';
const STOP_MS = 'fake/stop-ms';

const readSeconds = ({ template }: WorkloadSpec, annotation: string): number =>
  Number(template.annotations[annotation] ?? 0) / 1000;

/** Nodes of kwok, which only change the status of pods, under the real controllers and scheduler. */
const fake: Ground = {
  title: 'Predictions and rollouts on fake nodes',
  maxReplicas: 12,
  images: ['example.com/web:v1', 'example.com/web:v2', 'example.com/web:v3'],
  createTemplate: (name, startDelay, drain) => ({
    metadata: {
      labels: { app: name },
      annotations: { [READY_MS]: String(startDelay * 1000), [STOP_MS]: String(drain * 1000) },
    },
    spec: {
      nodeSelector: { type: 'kwok' },
      tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
      containers: [{ name: 'web', image: 'example.com/web:v1' }],
    },
  }),
  setStartDelay: (startDelay) => `spec.template.metadata.annotations["${READY_MS}"]="${startDelay * 1000}"`,
  getOptions: ({ timings, jitter, readyExtra }) => ({
    asRun: (spec) => {
      const startDelay = readSeconds(spec, READY_MS) + readyExtra;
      return setBehaviour(spec, startDelay, readSeconds(spec, STOP_MS), CONTINUOUS_PROBE);
    },
    capacity: { nodes: 2 },
    jitter,
    timings: { ...timings, ...API, ...NO_KUBELET },
  }),
  asRival: withProcess,
};

/** The rival needs a process and a probe where a fake node needs neither; it takes a period below one second. */
function withProcess(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest) as FakeManifest;
  const { metadata, spec } = copy.spec.template;
  const env = {
    START_DELAY_SECONDS: Number(metadata.annotations[READY_MS]) / 1000,
    DRAIN_DELAY_SECONDS: Number(metadata.annotations[STOP_MS]) / 1000,
  };
  spec.containers = spec.containers.map((container) => ({
    ...container,
    env: Object.entries(env).map(([name, value]) => ({ name, value: String(value) })),
    readinessProbe: { httpGet: { path: '/readyz', port: 8000 }, periodSeconds: RIVAL_PERIOD_SECONDS },
  }));
  delete spec.nodeSelector;
  return copy;
}

const HUB_REPOSITORY = `docker.io/${IMAGE_REPOSITORY}`;

/** Pods of the service under a real kubelet. */
const real: Ground = {
  title: 'Predictions and rollouts of real pods',
  maxReplicas: 3,
  // The third is the second under another name: another template of the same program.
  images: [`${HUB_REPOSITORY}:v1`, `${HUB_REPOSITORY}:v2`, `${IMAGE_REPOSITORY}:v2`],
  createTemplate: (name, startDelay, drain) => ({
    metadata: { labels: { app: name } },
    spec: {
      containers: [
        {
          name: 'web',
          image: `${HUB_REPOSITORY}:v1`,
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
  setCrash: (seconds) => `spec.template.spec.containers[0].env[2].value="${seconds}"`,
  getOptions: ({ timings, jitter, readyExtra }) => {
    // On average the kubelet sees a process half a relist after its start.
    const unseen = defaultTimings.relist / 2;
    return {
      behaviour: { boot: readyExtra + unseen },
      jitter,
      timings: { ...timings, ...API, containerStart: Math.max(0.1, timings.containerStart - unseen) },
    };
  },
  asRival: (manifest) => manifest,
};

export const grounds = { fake, real };
export type GroundName = keyof typeof grounds;
