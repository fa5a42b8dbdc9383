import { InputError } from '../errors/input-error.ts';
import { findChangedConfig } from '../manifest/config-changes.ts';
import { findChangedFields } from '../manifest/difference.ts';
import { readWorkloads, titleOf, type Documents } from '../manifest/read-manifest.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { predictDraws } from './draws.ts';
import type { PredictOptions } from './options.ts';
import { prepareDocuments } from './predict.ts';
import { isSameObject } from './source.ts';

/** The predictions of all workloads in a file. */
export interface Predictions {
  readonly timelines: readonly Timeline[];
  /** What has pods in the file and is not predicted, each with the reason. */
  readonly notPredicted: readonly string[];
}

/** Draws of all workloads together by default. */
const ALL_DRAWS = 1000;
const FEWEST_DRAWS = 50;

/** A workload, and the same one in the second manifest. */
interface Pair {
  readonly before: Documents;
  readonly after: Documents | undefined;
}

/** Pairs the workloads of two manifests, without those that do not change. */
function pairWorkloads(
  workloads: readonly Documents[],
  later: readonly Documents[],
): { readonly pairs: readonly Pair[]; readonly notPredicted: readonly string[] } {
  const like = (one: Documents, all: readonly Documents[]): Documents | undefined =>
    all.find((each) => isSameObject(each.workload, one.workload));
  const pairs = workloads.flatMap((before) => {
    const after = like(before, later);
    return after && findChangedFields(before.workload, after.workload).length > 0 ? [{ before, after }] : [];
  });
  const unchanged = workloads.filter((one) => !pairs.some(({ before }) => before === one));
  const only = (all: readonly Documents[], others: readonly Documents[], why: string): string[] =>
    all.filter((each) => !like(each, others)).map(({ workload }) => `${titleOf(workload)} (${why})`);
  return {
    pairs,
    notPredicted: [
      ...unchanged.flatMap((before) => {
        const after = like(before, later);
        const config = after ? findChangedConfig(before, after).join(', ') : '';
        return config === ''
          ? []
          : [`${titleOf(before.workload)} (only ${config} changes: no pod restarts for it)`];
      }),
      ...only(workloads, later, 'is removed or pruned; kubectl apply keeps it'),
      ...only(later, workloads, 'is created, there are no old pods'),
    ],
  };
}

/**
 * Predicts the change of every workload in a file of several. With a second manifest, those that differ.
 *
 * @throws InputError for a file without a workload, and for a change that no workload can have
 */
export function predictAll(yaml: string, options: PredictOptions = {}): Predictions {
  const { origin = 'manifest', to, toOrigin = 'the second manifest', name, namespace } = options;
  if (options.exhaustive) throw new InputError('--exhaustive explores one workload, choose it with --name');
  const file = readWorkloads(yaml, origin, { name, namespace });
  const later =
    typeof to === 'string'
      ? readWorkloads(to, toOrigin, { name, namespace }).workloads
      : to && [{ workload: to, others: [] }];
  const { pairs, notPredicted } = later
    ? pairWorkloads(file.workloads, later)
    : { pairs: file.workloads.map((before) => ({ before, after: undefined })), notPredicted: [] };
  const each = Math.floor(ALL_DRAWS / Math.max(1, pairs.length));
  const most = Math.max(FEWEST_DRAWS, each);
  const refused: string[] = [];
  const timelines = pairs.flatMap(({ before, after }) => {
    try {
      return [predictDraws(prepareDocuments(before, after, options), options, most)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused.push(`${titleOf(before.workload)} (${error.message})`);
      return [];
    }
  });
  const [first] = refused;
  if (timelines.length === 0 && first !== undefined) throw new InputError(refused.join('; '));
  return { timelines, notPredicted: [...refused, ...notPredicted, ...file.notPredicted] };
}
