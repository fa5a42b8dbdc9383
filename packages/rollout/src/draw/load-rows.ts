import type { Timeline } from '../timeline/timeline';

export interface LoadRows {
  /** One bar for each second and who answered, or `failed`. */
  readonly bars: readonly {
    readonly at: number;
    readonly who: string;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly most: number;
}

const ANSWERERS = ['old', 'new', 'unknown'] as const;

/** The requests of each second, by who answered them. */
export function loadRows({ load }: Timeline): LoadRows {
  const bars = (load?.seconds ?? []).flatMap(({ at, answered, failed }) => {
    let upper = 0;
    const parts = [
      ...ANSWERERS.map((who) => ({ who, count: answered[who] ?? 0 })),
      { who: 'failed', count: failed },
    ];
    return parts.flatMap(({ who, count }) => {
      if (count === 0) return [];
      const lower = upper;
      upper += count;
      return [{ at, who, lower, upper }];
    });
  });
  return { bars, most: bars.reduce((most, { upper }) => Math.max(most, upper), 1) };
}
