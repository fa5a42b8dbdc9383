/** One step of a JSON Patch. @see https://www.rfc-editor.org/rfc/rfc6902 */
export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** The steps that make `after` of `before` and touch nothing else. */
export function jsonPatch(before: unknown, after: unknown, path = ''): PatchStep[] {
  const sameLength = !Array.isArray(before) || !Array.isArray(after) || before.length === after.length;
  if (
    !isObject(before) ||
    !isObject(after) ||
    Array.isArray(before) !== Array.isArray(after) ||
    !sameLength
  ) {
    return before === after ? [] : [{ op: 'replace', path, value: after }];
  }
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map(Object.entries(after))];
  const removed = [...was.keys()].filter((key) => !is.has(key));
  return [
    ...removed.map((key) => ({ op: 'remove' as const, path: `${path}/${escaped(key)}` })),
    ...[...is].flatMap(([key, value]): PatchStep[] => {
      const inner = `${path}/${escaped(key)}`;
      return was.has(key) ? jsonPatch(was.get(key), value, inner) : [{ op: 'add', path: inner, value }];
    }),
  ];
}
