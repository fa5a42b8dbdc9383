import { appliedDist } from '../kit/namespace';

/** Deletes what {@link applyDist} made. */
export default async function deleteNamespace(): Promise<void> {
  await appliedDist().delete();
}
