import type { OwnTarget } from './target';
import type { Sampler, Sample } from './metrics';
import type { Tally } from './tally';

/**
 * Resident mebibytes that the process stays below: the limit of a pod's memory. The files that it maps, which a pod's
 * limit does not count, are among them.
 */
const MOST_RESIDENT = 256;

/** How much more may be resident at the end of a run than in its second quarter. */
const MOST_GROWTH = 1.25;

/** What was resident of the service's process in the course of a run, in mebibytes. */
export interface Memory {
  readonly first: number;
  readonly most: number;
  /** The median of the second quarter of the samples. */
  readonly early: number;
  /** The median of the last quarter. */
  readonly late: number;
  readonly samples: number;
}

export function memoryOf(samples: readonly Sample[]): Memory {
  const resident = samples.map(({ residentMebibytes }) => residentMebibytes);
  const quarter = Math.floor(resident.length / 4);
  return {
    first: resident[0] ?? NaN,
    most: Math.max(...resident),
    early: median(resident.slice(quarter, 2 * quarter + 1)),
    late: median(resident.slice(-quarter - 1)),
    samples: resident.length,
  };
}

/** Holds a run to what has to be true of all of it: no crash, no fault in the log, bounded memory, nothing left. */
export function judgeRun(sampler: Sampler, own: OwnTarget | undefined, tally: Tally): void {
  const { samples, failures } = sampler;
  failures.forEach((failure) => {
    tally.fail('metrics', failure);
  });
  const starts = new Set(samples.map(({ startTime }) => startTime));
  if (starts.size !== 1) {
    tally.fail('process', `it was started ${starts.size} times`);
  }
  const { most, early, late } = memoryOf(samples);
  if (!(most < MOST_RESIDENT) || !(late < early * MOST_GROWTH)) {
    tally.fail('memory', `${most} MiB at the most, ${early} early, ${late} late`);
  }
  const left = samples.at(-1)?.inProgress;
  // the last sample's own
  if (left !== 1) {
    tally.fail('requests', `${left ?? 'unknown'} are in progress after the last`);
  }
  own?.faults.forEach((line) => {
    tally.fail('log', line);
  });
  const crashed = own?.crashed();
  if (crashed !== undefined) {
    tally.fail('process', crashed);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
