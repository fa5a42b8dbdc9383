import { predict, type Timeline } from '@online-inference/rollout';
import type { RecordedCase } from './calibrate';
import type { Case } from './cases';
import type { GroundOptions } from './grounds';

/** Latest end of a recording or prediction, in seconds since the change. */
export const LIMIT_SECONDS = 240;

/** A case's recorded rollouts and its prediction. */
export interface Outcome {
  readonly name: string;
  readonly predicted: Timeline;
  readonly runs: readonly Timeline[];
  /** Predicts the case with another seed. */
  readonly predictAgain: (seed: number) => Timeline;
}

/** Predicts a case. */
export function predictCase({ manifest, requests }: Case, options: GroundOptions, seed = 1): Timeline {
  const [{ image, replicas, set } = {}, ...then] = requests;
  return predict(manifest, { ...options, image, replicas, set, then, seed, limit: LIMIT_SECONDS });
}

/** Predicts a recorded case. */
export function predictOutcome({ each, runs }: RecordedCase, options: GroundOptions): Outcome {
  const predictAgain = (seed: number): Timeline => predictCase(each, options, seed);
  return { name: each.name, predicted: predictCase(each, options), runs, predictAgain };
}
