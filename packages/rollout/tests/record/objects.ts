import { parseTimeline } from '../../src/timeline/parse';
import type { Controller, Pod, PodSpec } from '../../src/record/objects';
import { Recording, type Observation } from '../../src/record/recording';
import type { Timeline } from '../../src/timeline/timeline';

/** Second 0 of the recordings' clock in these tests. */
export const EPOCH = Date.parse('2026-01-01T00:00:00Z') / 1000;

export const spec = (env: string, image = 'web:v1'): PodSpec & object => ({
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

/** A Deployment or ReplicaSet as the API server would send it. */
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

export type Life = 'pending' | 'running' | 'ready' | 'ended' | 'waiting';

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

/** A pod as the API server would send it. */
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

type Told = readonly [at: number, object: Observation['object'], type?: Observation['type']];

/** A recording that begins at 0 and is told of these, in order. */
export function told(workload: Controller | Pod, ...observations: readonly Told[]): Recording {
  const recording = new Recording(0, workload, EPOCH);
  for (const [at, object, type = 'MODIFIED'] of observations) recording.observe({ at, type, object });
  return recording;
}

/** What a recording makes, which is always a valid timeline. */
export function timeline(recording: Recording, at = 100): Timeline {
  const made = recording.timeline({ at, reason: 'settled' });
  return parseTimeline(JSON.stringify(made));
}

/** Each lane: its pod, its version and its states in words. */
export const lanes = (recording: Recording): unknown[] =>
  timeline(recording).pods.map(({ pod: name, version, states }) => [
    name,
    version,
    states.map(({ at, state }) => `${at} ${state}`).join(', '),
  ]);
