import type { ChangeRequest } from '../manifest/change.ts';
import type { Manifest } from '../manifest/workload.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import type { Capacity } from '../simulation/node.ts';
import type { Timings } from '../simulation/timings.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { BehaviourOptions } from './behaviours.ts';
import type { PodBehaviourOptions } from './pod-behaviours.ts';

/** The change to predict, and what is known of the cluster and the processes. Times are in seconds. */
export interface PredictOptions extends Omit<ChangeRequest, 'at' | 'manifest'>, PodBehaviourOptions {
  /** The workload after the change, in YAML or parsed: the change is what differs. @default no second manifest */
  readonly to?: string | Manifest | undefined;
  /** Where the second manifest came from, for error messages. @default 'the second manifest' */
  readonly toOrigin?: string;
  /** Later changes, each at its time. @default none */
  readonly then?: readonly ChangeRequest[] | undefined;
  /** `web`, `deployment/web` or `prod/deployment/web`, if the manifest has several. @default the only workload */
  readonly name?: string | undefined;
  /** Namespace of the workload, if the manifest has several. @default any */
  readonly namespace?: string | undefined;
  /** Where the manifest came from, for error messages. @default 'manifest' */
  readonly origin?: string;
  /** Random seed, an integer. The draws of a prediction have this seed and the following ones. @default 1 */
  readonly seed?: number;
  /** Number of draws. @default 200, fewer for a workload of more than 50 pods */
  readonly draws?: number | undefined;
  /** Explores every order of steps of a Deployment with few replicas, too. @default false */
  readonly exhaustive?: boolean | undefined;
  /** Spread of latencies around their medians, as a fraction; the distribution is lognormal. @default 0.2 */
  readonly jitter?: number;
  /** When within a second of the wall clock the change is made, from 0 to 1. @default derived from the seed */
  readonly phase?: number;
  /** When the prediction ends if the workload has not settled, in seconds. @default 1200 after the last change, and after the progress deadline */
  readonly limit?: number | undefined;
  /** Shortest time to predict, even if the workload has settled, in seconds. @default 0 */
  readonly goOnFor?: number;
  /** Requests a second to a Service in front of the pods; 0 for none. @default 50 */
  readonly load?: number | undefined;
  /** How long the pods have existed that run at the change, in seconds: their crash and hang count from then. @default 3600, and these count from the change */
  readonly age?: number | undefined;
  /** Room on the nodes. @default as many nodes as the pods need, without limits */
  readonly capacity?: Capacity | undefined;
  /** How long parts of the cluster take, in seconds. @default defaultTimings */
  readonly timings?: Partial<Timings>;
  /** How the processes behave, in seconds. @default read from the environment of the containers */
  readonly behaviour?: BehaviourOptions;
  /** Changes the workload to what nodes without a kubelet make of it. @default no change */
  readonly asRun?: (spec: WorkloadSpec) => WorkloadSpec;
}

/** A workload and its changes, to be simulated. The same seed gives the same timeline. */
export interface Draw {
  /** @param isDetailed whether the load has every request, or only counts. @default true */
  (seed: number, isDetailed?: boolean): Timeline;
  readonly before: WorkloadSpec;
  /** The workload after each change. */
  readonly after: readonly WorkloadSpec[];
}
