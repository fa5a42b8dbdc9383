import { Overloaded } from '../inference/refusals';

/**
 * Runs a work in its turn.
 *
 * @param patience how long it may wait, in milliseconds; else it is not begun. @default Infinity
 * @throws Overloaded if it has waited too long
 */
type InTurn = <T>(work: () => Promise<T>, patience?: number) => Promise<T>;

/** Runs no more than so many of the given works at once. */
export function atMostAtOnce(most: number): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work, patience = Infinity) => {
    const since = performance.now();
    if (running === most) {
      await new Promise<void>((turn) => waiting.push(turn));
    } else {
      running += 1;
    }
    try {
      if (performance.now() - since > patience) {
        throw new Overloaded('waited_too_long');
      }
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) {
        next();
      } else {
        running -= 1;
      }
    }
  };
}
