import type { Node } from '../../src/exhaustive/graph.ts';

/** A state of a graph: the places that it can go to, and its counts. */
interface Place {
  readonly counts: string;
  readonly next: readonly number[];
}

const placesOf = (graph: readonly Node[]): Place[] =>
  graph.map(({ counts, edges }) => ({ counts: JSON.stringify(counts), next: edges.map(({ to }) => to) }));

/** Follows counts through a graph: after each, the set of places where it can be. Sets have numbers. */
class Follower {
  readonly #places: readonly Place[];
  readonly #sets: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<string, number>();

  constructor(graph: readonly Node[]) {
    this.#places = placesOf(graph);
  }

  get start(): number {
    return this.#numberOf(new Set([0]));
  }

  /** Returns the set after a change of the counts; undefined if no place has such a change. */
  follow(set: number, counts: string): number | undefined {
    const key = `${set} ${counts}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const next = (this.#sets[set] ?? []).flatMap((place) => this.#places[place]?.next ?? []);
    const reached = new Set(next.filter((place) => this.#places[place]?.counts === counts));
    if (reached.size === 0) return undefined;
    const number = this.#numberOf(reached);
    this.#known.set(key, number);
    return number;
  }

  /** Adds the places that are reached without a change of the counts. */
  #numberOf(places: Set<number>): number {
    for (const place of places) {
      const { next = [], counts } = this.#places[place] ?? {};
      for (const each of next) if (this.#places[each]?.counts === counts) places.add(each);
    }
    const sorted = [...places].sort((a, b) => a - b);
    const key = sorted.join();
    const number = this.#numbers.get(key) ?? this.#sets.push(sorted) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** Returns whether every sequence of counts of one graph is one of the other. */
export function isIncluded(graph: readonly Node[], other: readonly Node[]): boolean {
  const places = placesOf(graph);
  const follower = new Follower(other);
  const reached: (readonly [place: number, set: number])[] = [[0, follower.start]];
  const known = new Set<string>();
  for (const [from, set] of reached) {
    const { next = [], counts: before } = places[from] ?? {};
    for (const place of next) {
      const counts = places[place]?.counts ?? '';
      const followed = counts === before ? set : follower.follow(set, counts);
      if (followed === undefined) return false;
      const key = `${place} ${followed}`;
      if (!known.has(key)) reached.push([place, followed]);
      known.add(key);
    }
  }
  return true;
}
