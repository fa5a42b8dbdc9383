import stableStringify from 'fast-json-stable-stringify';
import { isObject, stringOf, type Manifest } from './documents.ts';
import type { Documents } from './read-manifest.ts';

/** Fields of a pod's spec that refer to a ConfigMap or Secret, and the kind. */
const references: Readonly<Record<string, string>> = {
  configMap: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  secret: 'Secret',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
};

/** Returns the ConfigMaps and Secrets that a pod's spec refers to, as `ConfigMap/name`. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, each]) => {
    const kind = references[field];
    const name = stringOf(each, 'name') ?? stringOf(each, 'secretName');
    return kind !== undefined && name !== undefined ? [`${kind}/${name}`] : referencesIn(each);
  });
}

const contentOf = ({ data, binaryData, stringData }: Manifest): string =>
  stableStringify([data ?? null, binaryData ?? null, stringData ?? null]);

/** Returns the ConfigMaps and Secrets of a workload whose content differs in the later documents. */
export function findChangedConfig(before: Documents, after: Documents): string[] {
  const titled = (documents: readonly Manifest[]): Map<string, Manifest> =>
    new Map(
      documents.map((each) => [`${String(each['kind'])}/${stringOf(each['metadata'], 'name') ?? ''}`, each]),
    );
  const [old, later] = [titled(before.others), titled(after.others)];
  return [...new Set(referencesIn(after.workload['spec']))].filter((title) => {
    const [one, other] = [old.get(title), later.get(title)];
    return one !== undefined && other !== undefined && contentOf(one) !== contentOf(other);
  });
}
