function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** JSON that is the same for equal values, whatever the order of their fields. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));

/** Whether everything that `part` says, `whole` says too: it may say more, as defaults and admission add. */
export function includes(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return Object.keys(part).length === 0;
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((each, index) => includes(whole[index], each));
  }
  const fields = new Map<string, unknown>(Object.entries(whole));
  return Object.entries(part).every(([key, each]) => includes(fields.get(key), each));
}
