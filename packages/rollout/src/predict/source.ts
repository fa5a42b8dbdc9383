import { InputError } from '../errors/input-error.ts';
import {
  readDocuments,
  readWorkloads,
  titleOf,
  type Choice,
  type Documents,
} from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/workload.ts';

/** Returns the workload of a manifest and its other documents. */
export const documentsOf = (manifest: string | Manifest, origin: string, choice: Choice): Documents =>
  typeof manifest === 'string' ? readDocuments(manifest, origin, choice) : { workload: manifest, others: [] };

const namespaceOf = ({ metadata }: Manifest): unknown => (Object(metadata) as Manifest)['namespace'];

/** Returns whether two manifests are of one object. A manifest without a namespace can be in any. */
export function isSameObject(a: Manifest, b: Manifest): boolean {
  const name = ({ metadata }: Manifest): unknown => (Object(metadata) as Manifest)['name'];
  const [one, other] = [namespaceOf(a), namespaceOf(b)];
  return (
    a['kind'] === b['kind'] &&
    name(a) === name(b) &&
    (one === other || one === undefined || other === undefined)
  );
}

/**
 * Returns the documents of the same workload in another manifest.
 *
 * @throws InputError if the other manifest does not have the workload
 */
export function documentsLike(
  { workload }: Documents,
  manifest: string | Manifest,
  origin: string,
): Documents {
  const all =
    typeof manifest === 'string'
      ? readWorkloads(manifest, origin).workloads
      : [{ workload: manifest, others: [] }];
  const found = all.find((each) => isSameObject(each.workload, workload));
  if (found) return found;
  const names = all.map((each) => titleOf(each.workload)).join(', ');
  throw new InputError(`${origin} has no ${titleOf(workload)}, only ${names}`);
}
