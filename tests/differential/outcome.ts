import { predictOnce, type Timeline } from '@online-inference/rollout';
import type { RecordedCase } from './calibrate';
import type { Case } from './draws';
import type { Ground, GroundOptions } from './grounds';
import { LIMIT_SECONDS } from './limit';
import { Rival, type RivalPrediction } from './rival/rival';

/** A case's recorded rollouts and its prediction. */
export interface Outcome {
  readonly name: string;
  readonly predicted: Timeline;
  readonly runs: readonly Timeline[];
  /** How long the prediction took. */
  readonly seconds: number;
  /** @default - the rival did not run */
  readonly rival?: RivalPrediction;
  /** Predicts the case with another seed. */
  readonly predictAgain: (seed: number) => Timeline;
}

/** Predicts a case. */
export function predictCase({ manifest, requests }: Case, options: GroundOptions, seed = 1): Timeline {
  const [{ image, replicas, set } = {}, ...then] = requests;
  return predictOnce(manifest, {
    ...options,
    image,
    replicas,
    set,
    then,
    seed,
    limit: LIMIT_SECONDS,
    load: 0,
  });
}

/** Predicts a recorded case. */
export function predictOutcome({ each, runs }: RecordedCase, options: GroundOptions): Outcome {
  const predictAgain = (seed: number): Timeline => predictCase(each, options, seed);
  const begin = performance.now();
  const predicted = predictCase(each, options);
  const seconds = (performance.now() - begin) / 1000;
  return { name: each.name, predicted, runs, seconds, predictAgain };
}

/** Lets the rival predict recorded cases, one after another. */
export async function predictWithRival(
  outcomes: readonly Outcome[],
  recorded: readonly RecordedCase[],
  ground: Ground,
): Promise<Outcome[]> {
  const rival = new Rival();
  try {
    await rival.prepare();
    const predicted: Outcome[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const each = recorded[index]?.each;
      predicted.push(each ? { ...outcome, rival: await rival.predict(each, ground) } : outcome);
    }
    return predicted;
  } finally {
    rival.close();
  }
}
