import type { Comparison, Contender, Row, Run } from './topic';

/** What is compared, and how often. */
export interface Contest extends Omit<Comparison, 'rows' | 'base'> {
  readonly contenders: readonly Contender[];
  /** Whom ratios are given to. @default - the first that is ours, or else the first */
  readonly base?: string;
  /** Rounds that count. @default 10 */
  readonly rounds?: number;
  /** Rounds before those, for caches to fill. @default 1 */
  readonly warmups?: number;
  /** Seconds that one run may take; who takes longer is left out, and the report says so. @default 60 */
  readonly bound?: number;
}

/**
 * Runs the contenders in turn, round by round; each round begins with another one, so that nobody always
 * follows the same. What goes wrong other than by the bound is thrown: a wrong figure is worse than none.
 */
export async function compare(contest: Contest): Promise<Comparison> {
  const { contenders, base, rounds = 10, warmups = 1, bound = 60, ...told } = contest;
  const runs = new Map<Contender, Run[]>(contenders.map((contender) => [contender, []]));
  const absent = new Map<Contender, string>();
  for (let round = -warmups; round < rounds; round++) {
    for (const contender of rotated(contenders, round + warmups)) {
      if (absent.has(contender)) continue;
      const run = await bounded(contender, bound);
      if (!run) {
        absent.set(contender, `one run takes more than ${bound} s`);
      } else if (round >= 0) {
        runs.get(contender)?.push(run);
      }
    }
    console.error(`${told.id}: ${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}`);
  }
  const rows = contenders.map((contender): Row => {
    const reason = absent.get(contender);
    const { name, ours = false } = contender;
    return reason === undefined
      ? { name, ours, runs: runs.get(contender) ?? [] }
      : { name, ours, runs: [], absent: reason };
  });
  const first = contenders.find(({ ours }) => ours) ?? contenders[0];
  return { ...told, base: base ?? first?.name ?? '', rows };
}

function rotated<T>(all: readonly T[], by: number): T[] {
  const from = by % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

/** A run, or undefined when it does not end within the bound. */
async function bounded({ measure }: Contender, seconds: number): Promise<Run | undefined> {
  const signal = AbortSignal.timeout(seconds * 1000);
  try {
    return await measure(signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
