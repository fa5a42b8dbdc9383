import type { PodTemplate } from '../manifest/workload-spec';

/** The pod templates that have been asked for, in order: 0 is the one before any change. */
export class Revisions {
  readonly #keys: string[] = [];

  /** A template's number; one that is asked for again keeps its own. */
  of({ key }: PodTemplate): number {
    const known = this.#keys.indexOf(key);
    return known < 0 ? this.#keys.push(key) - 1 : known;
  }
}
