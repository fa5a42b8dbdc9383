import jsonPatch from 'fast-json-patch';
import stableStringify from 'fast-json-stable-stringify';
import type { Change } from '../timeline/workload.ts';
import { containersOf, isPod, type WorkloadObject } from './api-objects.ts';

interface SpecChange {
  at: number;
  readonly key: string;
  /** Undefined if this recording did not make the change. */
  change: Change | undefined;
  readonly before: WorkloadObject;
  readonly after: WorkloadObject;
}

const imagesOf = (workload: WorkloadObject): readonly string[] =>
  containersOf(workload).map(({ image }) => image);

/** Only the images of a Pod can change; the scheduler and others fill in the rest of its spec. */
const keyOf = (workload: WorkloadObject): string =>
  stableStringify(isPod(workload) ? imagesOf(workload) : workload.spec);

const MAX_PATHS = 3;

function otherPaths(before: WorkloadObject, after: WorkloadObject): string[] {
  if (isPod(before) || isPod(after)) return [];
  const paths = jsonPatch
    .compare(before.spec, after.spec)
    .map(({ path }) => path.slice(1).replaceAll('/', '.'));
  return paths.filter((path) => !/(^replicas|\.image)$/.test(path)).sort();
}

/** Describes a change that this recording did not make. */
function describeForeign({ at, before, after }: SpecChange): Change {
  const [image] = imagesOf(after).filter((each, index) => each !== imagesOf(before)[index]);
  const replicas = isPod(after) || isPod(before) ? undefined : after.spec.replicas;
  const scaled = replicas !== undefined && !isPod(before) && replicas !== before.spec.replicas;
  const paths = otherPaths(before, after);
  const words = [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(scaled ? [`replicas ${replicas}`] : []),
    ...paths.slice(0, MAX_PATHS),
    ...(paths.length > MAX_PATHS ? [`${paths.length - MAX_PATHS} more fields`] : []),
  ];
  return {
    at,
    description: `${words.join(', ') || 'the spec'}, changed by someone else`,
    ...(image !== undefined && { image }),
    ...(scaled && { replicas }),
  };
}

/**
 * The changes of a workload's spec, in order. A change of the recording itself arrives twice: in the answer
 * to its request, and by the watch, in either order. It counts from the first of the two.
 */
export class SpecChanges {
  readonly #changes: SpecChange[] = [];
  #current: string;
  #awaited: string | undefined;

  constructor(public workload: WorkloadObject) {
    this.#current = keyOf(workload);
  }

  /** Returns whether the watch has not yet shown a change that the recording made. */
  get awaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** Handles the workload as the watch shows it. */
  addWatched(at: number, workload: WorkloadObject): void {
    const key = keyOf(workload);
    if (key === this.#awaited) this.#awaited = undefined;
    else if (key !== this.#current) {
      this.#changes.push({ at, key, change: undefined, before: this.workload, after: workload });
    }
    this.#current = key;
    this.workload = workload;
  }

  /** Handles a change of the recording that the API server accepted, with its result. */
  addOwn(at: number, change: Change, result: WorkloadObject): void {
    const key = keyOf(result);
    const seen = this.#changes.findLast((each) => each.key === key && each.change === undefined);
    if (seen) seen.change = change;
    else {
      this.#changes.push({ at, key, change, before: this.workload, after: result });
      if (key !== this.#current) this.#awaited = key;
    }
  }

  /** Returns when the first change was accepted; undefined before that. */
  get firstAt(): number | undefined {
    return this.#changes[0]?.at;
  }

  /** Returns every change, in seconds on the recording's clock. */
  get all(): Change[] {
    return this.#changes.map((each) => ({ ...(each.change ?? describeForeign(each)), at: each.at }));
  }
}
