import type { ChangeRequest, PredictOptions, Timeline } from '@online-inference/rollout';
import { distObject, withContainers, type Container, type DistObject } from '../kit/dist';
import type { Namespace } from '../kit/namespace';

/** Returns whether a timeline has a property. */
export type Property = (timeline: Timeline) => boolean;

/** A change that is predicted and recorded, and what both must show. */
export interface Scenario {
  /** Begins the names of its files. */
  readonly id: string;
  /** What the scenario shows, as the homework asks. */
  readonly title: string;
  /** Returns the workload before the change. */
  readonly manifest: () => DistObject;
  readonly changes: readonly ChangeRequest[];
  /** Behaviour of the processes, which no manifest states. @default STEADY_TO_DEMO */
  readonly behaviour?: NonNullable<PredictOptions['behaviour']>;
  /** Seconds that the first pods have run at the change. The behaviour counts from then. @default - an hour */
  readonly age?: number;
  /** Seconds to continue after the last change, even if the workload has settled. @default 0 */
  readonly goOnFor?: number;
  /** An action `at` seconds after the change. Its result is kept as a picture of a terminal. @default - no action */
  readonly during?: { readonly at: number; readonly act: (namespace: Namespace) => Promise<string> };
  /** Situations that both timelines must have; `not-` before a situation that both must lack. */
  readonly expect: readonly string[];
  /** Further claims about both timelines. @default {} */
  readonly claims?: Readonly<Record<string, Property>>;
  /** Claims about the recording only: its load, its events. @default {} */
  readonly recordedClaims?: Readonly<Record<string, Property>>;
}

/** Seconds from the start of a process until it answers, as measured. */
const STEADY_START_SECONDS = 0.7;
export const DEMO_START_SECONDS = 25.7;
/** Seconds from SIGTERM until a process exits, as measured. */
export const DRAIN_SECONDS = 6;

/** Behaviour when the steady image changes to the demo image. */
export const STEADY_TO_DEMO = {
  startDelay: { old: STEADY_START_SECONDS, new: DEMO_START_SECONDS },
  drain: DRAIN_SECONDS,
} as const;

/** How a ReplicaSet of the pod with probes differs from dist/. */
export interface Variation {
  readonly replicas: number;
  /** Environment of the containers. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Probes to remove. @default [] */
  readonly without?: readonly ('startupProbe' | 'readinessProbe' | 'livenessProbe')[];
}

/** Returns a ReplicaSet of the pod with probes: one replica more is a change that can be predicted. */
export function probedReplicaSet({ replicas, env = {}, without = [] }: Variation): DistObject {
  const change = ({ name, image, ...container }: Container): Container => ({
    name,
    image,
    ...Object.fromEntries(
      Object.entries(container).filter(([field]) => !without.some((probe) => probe === field)),
    ),
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
  });
  const pod = withContainers(distObject('online-inference-pod-probes'), change);
  const { name, labels } = pod.metadata;
  const instance = 'app.kubernetes.io/instance';
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: { [instance]: labels[instance] ?? name } },
      template: { metadata: { labels }, spec: { containers: [], ...pod.spec } },
    },
  };
}

/** Runs kubectl in a namespace, and returns the command with its output as a terminal shows them. */
export async function terminal(namespace: Namespace, args: readonly string[]): Promise<string> {
  return `$ kubectl ${args.join(' ')}\n${await namespace.kubectl(args)}`;
}
