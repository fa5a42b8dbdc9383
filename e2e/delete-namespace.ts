import { appliedDist } from './namespace';

/** Deletes what {@link applyDist} made. */
export default async function deleteNamespace(): Promise<void> {
  await appliedDist().delete();
}
