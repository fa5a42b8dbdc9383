import type { Change } from '../timeline/workload.ts';
import { decode } from './decode.ts';
import { withDefaults } from './defaults.ts';
import { isObject, type Manifest } from './documents.ts';
import { containersOf, containersPath } from './pod-containers.ts';

/** One field that differs, with its path as `--set` takes it. Undefined for a field that the later manifest lacks. */
interface Difference {
  readonly path: string;
  readonly value: unknown;
}

const isPlain = /^[A-Za-z_][\w-]*$/;

const join = (path: string, key: string): string =>
  isPlain.test(key) ? `${path}${path === '' ? '' : '.'}${key}` : `${path}["${key}"]`;

/** Null stands for an absent field. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** Returns the items of a list by name; undefined for a list whose items have none, or one twice. */
function byName(list: readonly unknown[]): Map<string, Manifest> | undefined {
  const items = new Map<string, Manifest>();
  for (const item of list) {
    if (!isObject(item) || typeof item['name'] !== 'string' || items.has(item['name'])) return undefined;
    items.set(item['name'], item);
  }
  return items;
}

function compareLists(path: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const [named, renamed] = [byName(before), byName(after)];
  if (named && renamed) {
    // The order of containers and of environment variables matters.
    const same = [...named.keys()].join('\n') === [...renamed.keys()].join('\n');
    if (!same) return [{ path, value: after }];
    return [...renamed].flatMap(([name, item]) =>
      findDifferences(named.get(name), item, `${path}[name=${name}]`),
    );
  }
  if (before.length !== after.length) return [{ path, value: after }];
  return after.flatMap((item, index) => findDifferences(before[index], item, `${path}[${index}]`));
}

/** Returns the fields in which two values differ, each as deep as possible. */
export function findDifferences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isAbsent(before) && isAbsent(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, before, after);
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => findDifferences(before[key], after[key], join(path, key)));
  }
  return before === after ? [] : [{ path, value: after }];
}

/** Returns the spec of a workload as the API server stores it. */
function storedSpec(manifest: Manifest): unknown {
  const kind = String(manifest['kind']);
  const stored = withDefaults(kind, decode(kind, manifest).decoded);
  return isObject(stored) ? stored['spec'] : undefined;
}

/** Returns the fields of a workload that differ, without its own metadata and its status. */
export const findChangedFields = (before: Manifest, after: Manifest): Difference[] =>
  findDifferences({ spec: storedSpec(before) }, { spec: storedSpec(after) });

/** Returns what another manifest changes, in the parts that a change of flags has. */
export function partsOf(
  manifest: Manifest,
  next: Manifest,
): Pick<Change, 'image' | 'replicas'> & { readonly fields: readonly Difference[] } {
  const differences = findChangedFields(manifest, next);
  const names = containersOf(next).map(({ name }) => String(name));
  const images = names.flatMap((name) => {
    const path = `${containersPath(next)}[name=${name}].image`;
    return differences.filter((each) => each.path === path).map((each) => ({ ...each, name }));
  });
  const [image] = images.length === 1 ? images : [];
  const scaled = differences.find(({ path, value }) => path === 'spec.replicas' && typeof value === 'number');
  return {
    ...(image && {
      image: names.length === 1 ? String(image.value) : `${image.name}=${String(image.value)}`,
    }),
    ...(scaled && { replicas: Number(scaled.value) }),
    fields: differences.filter((each) => each.path !== image?.path && each !== scaled),
  };
}
