import { parseTimeline } from '../../src/timeline/parse.ts';
import type { Controller, Pod, PodSpec } from '../../src/record/api-objects.ts';
import { Recording, type WatchEvent } from '../../src/record/recording.ts';
import type { Timeline } from '../../src/timeline/timeline.ts';

/** Wall-clock time of second 0 of the recording's clock in these tests, in seconds. */
export const EPOCH = Date.parse('2026-01-01T00:00:00Z') / 1000;

const spec = (env: string, image = 'web:v1'): PodSpec & object => ({
  containers: [{ name: 'web', image, ...(env && { env: [{ name: 'A', value: env }] }) }],
});

export interface ControllerParts {
  readonly kind?: 'Deployment' | 'ReplicaSet';
  readonly name?: string;
  readonly uid?: string;
  readonly owner?: string;
  readonly replicas?: number;
  readonly env?: string;
  readonly minReadySeconds?: number;
  readonly generation?: number;
  readonly status?: Controller['status'];
}

/** A Deployment or ReplicaSet as the API server sends it. */
export function controller(parts: ControllerParts = {}): Controller {
  const { kind = 'Deployment', name = 'web', uid = name, owner, replicas = 2, env = '1' } = parts;
  const { minReadySeconds, generation = 1, status } = parts;
  const hash = owner === undefined ? {} : { 'pod-template-hash': name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      uid,
      generation,
      ...(owner !== undefined && {
        ownerReferences: [{ kind: 'Deployment', uid: owner, controller: true }],
      }),
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', ...hash } }, spec: spec(env) },
      ...(minReadySeconds !== undefined && { minReadySeconds }),
    },
    ...(status && { status }),
  };
}

type Life = 'pending' | 'running' | 'ready' | 'ended' | 'waiting';

export interface PodParts {
  readonly name?: string;
  readonly uid?: string;
  readonly owner?: string | null;
  readonly env?: string;
  readonly image?: string;
  readonly life?: Life;
  readonly restarts?: number;
  readonly container?: string;
  readonly readyAt?: number;
  readonly deleted?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

const STATES = {
  pending: { waiting: { reason: 'ContainerCreating' } },
  running: { running: {} },
  ready: { running: {} },
  ended: { terminated: {} },
  waiting: { waiting: { reason: 'CrashLoopBackOff' } },
};

/** A pod as the API server sends it. */
export function pod(parts: PodParts = {}): Pod {
  const {
    name = 'web-1',
    uid = name,
    owner = 'rs-old',
    env = '1',
    image = 'web:v1',
    life = 'pending',
  } = parts;
  const { restarts = 0, container = 'c1', readyAt = 0, deleted, labels = { app: 'web' } } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid,
      namespace: 'default',
      labels,
      ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      ...(owner !== null && { ownerReferences: [{ kind: 'ReplicaSet', uid: owner, controller: true }] }),
    },
    spec: { ...spec(env, image), nodeName: 'node' },
    status: {
      phase: life === 'pending' ? 'Pending' : 'Running',
      conditions: [
        {
          type: 'Ready',
          status: life === 'ready' ? 'True' : 'False',
          lastTransitionTime: new Date((EPOCH + Math.floor(readyAt)) * 1000).toISOString(),
        },
      ],
      containerStatuses: [
        {
          restartCount: restarts,
          state: STATES[life],
          ...(life !== 'pending' && { containerID: container }),
          ...(restarts > 0 && { lastState: { terminated: {} } }),
        },
      ],
    },
  };
}

type TimedObject = readonly [at: number, object: WatchEvent['object'], type?: WatchEvent['type']];

/** A recording that begins at 0 and observes these objects, in order. */
export function recordingOf(workload: Controller | Pod, ...observations: readonly TimedObject[]): Recording {
  const recording = new Recording(0, workload, EPOCH);
  for (const [at, object, type = 'MODIFIED'] of observations) recording.observe({ at, type, object });
  return recording;
}

/** The timeline of a recording, which is always valid. */
export function timeline(recording: Recording, at = 100): Timeline {
  const made = recording.timeline({ at, reason: 'settled' });
  return parseTimeline(JSON.stringify(made));
}

/** The lanes of a recording: pod, version and states. */
export const lanes = (recording: Recording): unknown[] =>
  timeline(recording).pods.map(({ pod: name, version, states }) => [
    name,
    version,
    states.map(({ at, state }) => `${at} ${state}`).join(', '),
  ]);
