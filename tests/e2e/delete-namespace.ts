import { appliedDist } from './applied-dist';

/** Deletes the namespace that the tests shared. */
export default async function deleteNamespace(): Promise<void> {
  await appliedDist().delete();
}
