import { InputError } from '../errors/input-error.ts';

/** Fields by which a workload is known. */
export const identity = /^(apiVersion|kind|status|metadata\.(name|namespace)|spec\.selector)(\W|$)/;

/** Fields that a StatefulSet can change. @see `ValidateStatefulSetUpdate` */
const mutable =
  /^spec\.(replicas|ordinals|template|updateStrategy|revisionHistoryLimit|persistentVolumeClaimRetentionPolicy|minReadySeconds)(\W|$)/;

/** @throws InputError for a field that cannot change */
export function refuseImmutable(kind: unknown, paths: readonly string[]): void {
  const fixed = paths.find((path) => identity.test(path));
  if (fixed !== undefined) throw new InputError(`${fixed}: field is immutable`);
  const other = kind === 'StatefulSet' ? paths.find((path) => !mutable.test(path)) : undefined;
  if (other !== undefined) {
    throw new InputError(
      `${other}: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden`,
    );
  }
}
