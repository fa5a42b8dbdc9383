/** The fields of an API type: name and type. */
export type Fields = ReadonlyMap<string, string>;

const MAX_DEPTH = 4;

/** Levenshtein distance, for short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Returns the field of a type whose name is a slip of the keys away. */
function nearest(fields: Fields, unknown: string): string | undefined {
  const limit = Math.max(1, Math.floor(unknown.length / 3));
  const [best] = [...fields.keys()]
    .map((name) => ({ name, far: distance(name.toLowerCase(), unknown.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far);
  return best?.name;
}

/** Returns the path to a field of this name in a type that is nested in another: `rollingUpdate.maxSurge`. */
function nestedPath(
  type: string,
  name: string,
  typesOf: (type: string) => Fields | undefined,
): string | undefined {
  let level = [{ type, path: '' }];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next: typeof level = [];
    for (const each of level) {
      for (const [field, fieldType] of typesOf(each.type) ?? []) {
        const isList = fieldType.startsWith('[]');
        const path = `${each.path}${field}${isList ? '[]' : ''}`;
        if (field === name && depth > 0) return `${each.path}${field}`;
        next.push({ type: isList ? fieldType.slice(2) : fieldType, path: `${path}.` });
      }
    }
    level = next;
  }
  return undefined;
}

/** A type on the way to an unknown field, and its path: `spec.strategy`. */
export interface Holder {
  readonly type: string;
  readonly path: string;
}

/**
 * Returns the known field that an unknown one may stand for: a similar name beside it, or the same name
 * in a field below or above it. `maxUnavalable` is near maxUnavailable, and `maxSurge` of spec.strategy
 * near spec.strategy.rollingUpdate.maxSurge.
 *
 * @param holders the types from the root to the one that does not have the field
 */
export function nearField(
  holders: readonly Holder[],
  unknown: string,
  typesOf: (type: string) => Fields | undefined,
): string | undefined {
  const inner = [...holders].reverse();
  const [holder] = inner;
  const similar = holder && nearest(typesOf(holder.type) ?? new Map(), unknown);
  if (similar !== undefined) return similar;
  for (const { type, path } of inner) {
    const prefix = path === '' ? '' : `${path}.`;
    if (path !== holder?.path && typesOf(type)?.has(unknown)) return `${prefix}${unknown}`;
    const nested = nestedPath(type, unknown, typesOf);
    if (nested !== undefined) return `${prefix}${nested}`;
  }
  return undefined;
}
