import type { Gap } from '../timeline/observations';

/** A watch was away from `from` to `to`. */
export interface Missing {
  readonly from: number;
  readonly to: number;
  /** What was watched. */
  readonly kind: string;
  readonly why: string;
}

/** Spans of which a recording is not sure; watches that are away together for one reason make one. */
export class Gaps {
  readonly #gaps: { from: number; to: number; kinds: Set<string>; why: string }[] = [];

  add({ from, to, kind, why }: Missing): void {
    const same = this.#gaps.find((gap) => gap.why === why && from <= gap.to && to >= gap.from);
    if (!same) {
      this.#gaps.push({ from, to, kinds: new Set([kind]), why });
      return;
    }
    same.from = Math.min(same.from, from);
    same.to = Math.max(same.to, to);
    same.kinds.add(kind);
  }

  /** In order of time. */
  get all(): Gap[] {
    return [...this.#gaps]
      .sort((a, b) => a.from - b.from)
      .map(({ from, to, kinds, why }) => ({ from, to, reason: `${[...kinds].sort().join(', ')}: ${why}` }));
  }
}
