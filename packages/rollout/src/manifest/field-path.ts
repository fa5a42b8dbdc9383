import { fieldsOf } from './decode.ts';
import { nearField, type Holder } from './near-field.ts';

/** The types on the way along a path, or undefined for a path that the kind does not have. */
function typesAlong(kind: string, path: string): Holder[] | undefined {
  const holders: Holder[] = [{ type: kind, path: '' }];
  for (const [step] of path.matchAll(/\[\d+\]|[^.[]+/g)) {
    const { type, path: walked } = holders.at(-1) ?? { type: 'any', path: '' };
    // the keys of a map may have dots
    if (type === 'any' || type.startsWith('map[string]')) return holders;
    const isItem = step.startsWith('[');
    const next = isItem ? /^\[\](.*)$/.exec(type)?.[1] : fieldsOf(type)?.get(step);
    if (next === undefined) return undefined;
    holders.push({ type: next, path: `${walked}${isItem || walked === '' ? '' : '.'}${step}` });
  }
  return holders;
}

/** Returns whether a kind has a field in Kubernetes: `spec.template.spec.containers[0].env`. */
export const isField = (kind: string, path: string): boolean => typesAlong(kind, path) !== undefined;

/** Returns what to say of a field that a kind does not have: the near one, or those that it has. */
export function fieldHint(kind: string, holder: string, name: string): string {
  const holders = typesAlong(kind, holder) ?? [];
  const near = nearField(holders, name, fieldsOf);
  if (near !== undefined) return `; did you mean ${near}?`;
  const fields = [...(fieldsOf(holders.at(-1)?.type ?? '')?.keys() ?? [])];
  return fields.length === 0 ? '' : `, it has ${fields.join(', ')}`;
}
