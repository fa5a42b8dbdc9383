import type { Change } from '../timeline/workload';
import { canonical } from './canonical';
import { jsonPatch } from './json-patch';
import { isPod, type Workload } from './objects';

/** What somebody changed in a workload, from when on; without words until its author is known. */
export interface SpecChange {
  at: number;
  readonly key: string;
  change: Change | undefined;
  readonly before: Workload;
  readonly after: Workload;
}

/** What of a workload's spec a person decides, to tell one request from the next. */
const keyOf = (workload: Workload): string =>
  canonical(isPod(workload) ? workload.spec.containers.map(({ image }) => image) : workload.spec);

const imagesOf = (workload: Workload): readonly string[] =>
  (isPod(workload) ? workload : workload.spec.template).spec.containers.map(({ image }) => image);

const MAX_PATHS = 3;
/** Of a Pod only images can be changed: the rest is filled in by the scheduler and the like. */
const specOf = (workload: Workload): unknown => (isPod(workload) ? {} : workload.spec);

/** A change that this recording did not make, in words. */
function observed({ at, before, after }: SpecChange): Change {
  const [image] = imagesOf(after).filter((each, index) => each !== imagesOf(before)[index]);
  const replicas = isPod(after) || isPod(before) ? undefined : after.spec.replicas;
  const scaled = replicas !== undefined && !isPod(before) && replicas !== before.spec.replicas;
  const touched = jsonPatch(specOf(before), specOf(after))
    .map(({ path }) => path.slice(1).replaceAll('/', '.'))
    .filter((path) => !/(^replicas|\.image)$/.test(path));
  const words = [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(scaled ? [`replicas ${replicas}`] : []),
    ...touched.slice(0, MAX_PATHS),
    ...(touched.length > MAX_PATHS ? [`${touched.length - MAX_PATHS} more fields`] : []),
  ];
  return {
    at,
    description: `${words.join(', ') || 'the spec'}, changed by someone else`,
    ...(image !== undefined && { image }),
    ...(scaled && { replicas }),
  };
}

/**
 * The changes of a workload's spec, in order. One that the recording makes is told
 * of twice, by the answer to its request and by the watch, in either order: it
 * counts from the first of the two.
 */
export class SpecChanges {
  readonly #changes: SpecChange[] = [];
  #current: string;
  #awaited: string | undefined;

  constructor(public workload: Workload) {
    this.#current = keyOf(workload);
  }

  /** Whether the watch has yet to show a change that was made. */
  get awaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** The watch shows the workload. */
  seen(at: number, workload: Workload): void {
    const key = keyOf(workload);
    if (key === this.#awaited) this.#awaited = undefined;
    else if (key !== this.#current) {
      this.#changes.push({ at, key, change: undefined, before: this.workload, after: workload });
    }
    this.#current = key;
    this.workload = workload;
  }

  /** The API server has accepted a change of ours, with this result. */
  made(at: number, change: Change, result: Workload): void {
    const key = keyOf(result);
    const seen = this.#changes.findLast((each) => each.key === key && each.change === undefined);
    if (seen) seen.change = change;
    else {
      this.#changes.push({ at, key, change, before: this.workload, after: result });
      if (key !== this.#current) this.#awaited = key;
    }
  }

  /** When the first change was accepted. */
  get first(): number | undefined {
    return this.#changes[0]?.at;
  }

  /** Every change in words, on the recording's own clock. */
  get all(): Change[] {
    return this.#changes.map((each) => ({ ...(each.change ?? observed(each)), at: each.at }));
  }
}
