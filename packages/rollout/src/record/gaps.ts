import type { Gap } from '../timeline/observations.ts';

/** A span in which one watch was lost. */
export interface LostWatch {
  /** Seconds on the recording's clock. */
  readonly from: number;
  /** Seconds on the recording's clock. */
  readonly to: number;
  /** Kind of the objects that were watched. */
  readonly kind: string;
  readonly why: string;
}

/** The spans in which a recording may have missed something. Overlapping spans with the same reason are merged. */
export class Gaps {
  readonly #gaps: { from: number; to: number; kinds: Set<string>; why: string }[] = [];

  add({ from, to, kind, why }: LostWatch): void {
    const same = this.#gaps.find((gap) => gap.why === why && from <= gap.to && to >= gap.from);
    if (!same) {
      this.#gaps.push({ from, to, kinds: new Set([kind]), why });
      return;
    }
    same.from = Math.min(same.from, from);
    same.to = Math.max(same.to, to);
    same.kinds.add(kind);
  }

  /** Returns the gaps in order of time. */
  get all(): Gap[] {
    return this.#gaps
      .toSorted((a, b) => a.from - b.from)
      .map(({ from, to, kinds, why }) => ({ from, to, reason: `${[...kinds].sort().join(', ')}: ${why}` }));
  }
}
