/** Names below this length are near too many unrelated ones: HOSTS is not a mistyped HOST. */
const LEAST_LENGTH = 8;

/**
 * Returns the known name that a name was probably meant to be: the same in another case, or one
 * edit away (a character added, left out or replaced, or two neighbours swapped).
 */
export function nearName(name: string, known: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  return known.find((other) => other.length >= LEAST_LENGTH && isWithinOneEdit(upper, other));
}

function isWithinOneEdit(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = restA.length === 2 && restA === `${restB.at(1)}${restB.at(0)}` && restB.length === 2;
  return isSwap || Math.max(restA.length, restB.length) <= 1;
}
