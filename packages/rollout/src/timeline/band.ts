import { readyPods } from './counts.ts';
import { toMillisecond, type Timeline } from './timeline.ts';
import type { ReadyRange } from './verdicts.ts';

/** Number of steps in time of a band. */
const STEPS = 400;
/** Tolerance for times that should be exactly at the begin of a step. */
const EPSILON = 1e-9;

/**
 * Returns the fewest and the most ready pods of several timelines at each time.
 *
 * Time is divided into steps, and the time after them all is one more. A step has the fewest and the most of
 * all counts within it.
 */
export function findBand(timelines: readonly Timeline[]): ReadyRange[] {
  const from = Math.min(...timelines.map(({ samples }) => samples[0]?.at ?? 0));
  const to = Math.max(...timelines.map(({ samples }) => samples.at(-1)?.at ?? 0));
  const width = Math.max(to - from, 1e-3) / STEPS;
  const fewest = Array<number>(STEPS + 1).fill(Infinity);
  const most = Array<number>(STEPS + 1).fill(0);
  for (const { samples } of timelines) {
    for (const [index, sample] of samples.entries()) {
      const next = samples[index + 1]?.at ?? Infinity;
      const ready = readyPods(sample);
      const end = Math.min(STEPS + 1, Math.ceil((next - from) / width - EPSILON));
      for (let step = Math.floor((sample.at - from) / width + EPSILON); step < end; step += 1) {
        fewest[step] = Math.min(fewest[step] ?? Infinity, ready);
        most[step] = Math.max(most[step] ?? 0, ready);
      }
    }
  }
  const band = fewest.map((each, step) => ({
    at: toMillisecond(from + step * width),
    fewest: each,
    most: most[step] ?? each,
  }));
  return band.filter(
    (each, index) => each.fewest !== band[index - 1]?.fewest || each.most !== band[index - 1]?.most,
  );
}
