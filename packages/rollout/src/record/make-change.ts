import jsonPatch from 'fast-json-patch';
import { InputError } from '../errors/input-error.ts';
import { applyChange, type ChangeRequest } from '../manifest/change.ts';
import type { Manifest } from '../manifest/workload.ts';
import type { WorkloadKind } from '../rules/kinds.ts';
import type { Change } from '../timeline/workload.ts';
import { ApiError } from './api-error.ts';
import { isController, isNamed, isPod, type WorkloadObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';

/** Which workload of a cluster. */
export interface WorkloadName {
  /** Kind of the workload. */
  readonly kind: WorkloadKind;
  /** metadata.name of the workload. */
  readonly name: string;
  /** metadata.namespace of the workload. @default the namespace of the cluster's context */
  readonly namespace?: string;
}

const MAX_TRIES = 5;

function expectWorkload(object: unknown): WorkloadObject {
  if (isNamed(object) && (isController(object) || isPod(object))) return object;
  throw new ApiError(0, 'the API server answered with an object that is not a workload');
}

/** Returns the workload, or undefined if it does not exist. */
export async function findWorkload(
  cluster: Cluster,
  name: WorkloadName,
): Promise<WorkloadObject | undefined> {
  try {
    return expectWorkload(await cluster.read(name.kind, name.namespace ?? cluster.namespace, name.name));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Returns the workload.
 *
 * @throws InputError if it does not exist
 */
export async function readWorkload(cluster: Cluster, name: WorkloadName): Promise<WorkloadObject> {
  const workload = await findWorkload(cluster, name);
  if (workload) return workload;
  const namespace = name.namespace ?? cluster.namespace;
  throw new InputError(
    `${name.kind} ${name.name} does not exist in namespace ${namespace} of context ${cluster.context}`,
  );
}

/** Creates a workload that does not exist yet. */
export async function createWorkload(
  cluster: Cluster,
  name: WorkloadName,
  manifest: Manifest,
): Promise<WorkloadObject> {
  const { kind, namespace = cluster.namespace } = name;
  return expectWorkload(await cluster.apply(kind, namespace, name.name, manifest).catch(throwRejection));
}

/** An invalid spec is an error in the user's input. */
function throwRejection(error: unknown): never {
  const invalid = error instanceof ApiError && (error.status === 422 || error.status === 400);
  throw invalid ? new InputError(error.message) : error;
}

/**
 * Changes only the fields that the request names. If someone else changes the spec at the same time,
 * reads the workload again and retries.
 *
 * @throws InputError for a change that this workload cannot have
 */
export async function makeChange(
  cluster: Cluster,
  name: WorkloadName,
  request: ChangeRequest,
): Promise<{ readonly change: Change; readonly result: WorkloadObject }> {
  const { kind, namespace = cluster.namespace } = name;
  for (let tries = 1; ; tries++) {
    const before = await readWorkload(cluster, name);
    const { manifest, change } = applyChange({ ...before }, request);
    const patch = jsonPatch.compare(before, manifest);
    if (patch.length === 0) return { change, result: before };
    const value = before.metadata.generation;
    const unchanged = value === undefined ? [] : [{ op: 'test', path: '/metadata/generation', value }];
    try {
      const result = await cluster.patch(kind, namespace, name.name, [...unchanged, ...patch]);
      return { change, result: expectWorkload(result) };
    } catch (error) {
      const { status = 0, message } = error instanceof ApiError ? error : { message: '' };
      const outdated = status === 409 || (status === 422 && message.includes('/metadata/generation'));
      if (!outdated || tries === MAX_TRIES) throwRejection(error);
    }
  }
}
