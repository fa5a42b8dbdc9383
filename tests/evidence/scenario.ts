import type { ChangeRequest, Manifest, PredictOptions, Timeline } from '@online-inference/rollout';
import type { Namespace } from '../kit/namespace';

/** A change that is predicted and recorded, and what both must show. */
export interface Scenario {
  /** Names its files. */
  readonly id: string;
  /** What it shows, as the homework asks. */
  readonly title: string;
  /** The workload before the change, of the committed `dist/`. */
  readonly manifest: () => Manifest;
  readonly changes: readonly ChangeRequest[];
  /** What is known of the processes, which no manifest says. */
  readonly behaviour: NonNullable<PredictOptions['behaviour']>;
  /** Seconds to go on after the last change, even if settled. @default 0 */
  readonly goOnFor?: number;
  /** Something done by hand in the middle of the recording; its text is kept as a picture of a terminal. */
  readonly during?: { readonly at: number; readonly act: (namespace: Namespace) => Promise<string> };
  /**
   * What may be recorded beside it: `others`, or `nothing`, as pods that come and go elsewhere on
   * a small node disturb its network; `anything` where no pod comes or goes, only a container. @default others
   */
  readonly beside?: 'others' | 'nothing' | 'anything';
  /** Situations that both timelines must have, `not-` before one that they must not. */
  readonly expect: readonly string[];
  /** Claims beyond the named situations, about both timelines; what one returns is what is wrong. */
  readonly claims?: Readonly<Record<string, (timeline: Timeline) => boolean>>;
  /** Claims about the recording alone: its load, its events. */
  readonly recordedClaims?: Readonly<Record<string, (timeline: Timeline) => boolean>>;
}

/** The image before each change, and the one that it asks for: names that the nodes have. */
export const STEADY_IMAGE = process.env['STEADY_IMAGE'] ?? 'mivankin/ml_prod_hw2:v1';
export const DEMO_IMAGE = process.env['DEMO_IMAGE'] ?? 'mivankin/ml_prod_hw2:v2';

/** From a process's start until it answers, and from SIGTERM until it exits, as measured of the images. */
export const STEADY_START_SECONDS = 0.7;
export const DEMO_START_SECONDS = 25.7;
export const DRAIN_SECONDS = 6;

/** How the processes behave when the steady image is changed to the demo image. */
export const STEADY_TO_DEMO = {
  startDelay: { old: STEADY_START_SECONDS, new: DEMO_START_SECONDS },
  drain: DRAIN_SECONDS,
} as const;
