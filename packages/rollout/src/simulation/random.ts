/** Returns the next pseudo-random number, from 0 to 1. */
export type Random = () => number;

/**
 * Creates a generator of pseudo-random numbers. The same seed gives the same numbers.
 *
 * @param seed an integer
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md splitmix32
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
