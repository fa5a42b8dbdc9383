import { InputError } from '../errors/input-error';
import { changed, type ChangeRequest } from '../manifest/change';
import type { WorkloadKind } from '../manifest/kind';
import type { Manifest } from '../manifest/workload';
import type { Change } from '../timeline/workload';
import { ApiError } from './api-error';
import type { Cluster } from './cluster';
import { jsonPatch } from './json-patch';
import { isController, isNamed, isPod, type Workload } from './objects';

/** Which workload of a cluster. */
export interface WorkloadName {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** @default the cluster context's */
  readonly namespace?: string;
}

const CONFLICT_TRIES = 5;

function expectWorkload(object: unknown): Workload {
  if (isNamed(object) && (isController(object) || isPod(object))) return object;
  throw new ApiError(0, 'the API server answered with something that is no workload');
}

/** The workload as it is, or undefined where there is none. */
export async function findWorkload(cluster: Cluster, name: WorkloadName): Promise<Workload | undefined> {
  try {
    return expectWorkload(await cluster.read(name.kind, name.namespace ?? cluster.namespace, name.name));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** @throws InputError where there is no such workload */
export async function readWorkload(cluster: Cluster, name: WorkloadName): Promise<Workload> {
  const workload = await findWorkload(cluster, name);
  if (workload) return workload;
  const where = `namespace ${name.namespace ?? cluster.namespace} of context ${cluster.context}`;
  throw new InputError(`${name.kind} ${name.name} does not exist in ${where}: nothing to record`);
}

/** Makes a workload that does not exist yet. */
export async function createWorkload(
  cluster: Cluster,
  name: WorkloadName,
  manifest: Manifest,
): Promise<Workload> {
  const { kind, namespace = cluster.namespace } = name;
  return expectWorkload(await cluster.apply(kind, namespace, name.name, manifest).catch(rejected));
}

/** What the API server finds wrong with a spec is wrong in what a person gave. */
function rejected(error: unknown): never {
  const invalid = error instanceof ApiError && (error.status === 422 || error.status === 400);
  throw invalid ? new InputError(error.message) : error;
}

/**
 * Changes what the request names and nothing else; a spec that somebody else changed
 * between the reading and the writing is read anew.
 *
 * @throws InputError for a change that cannot be made to this workload
 */
export async function makeChange(
  cluster: Cluster,
  name: WorkloadName,
  request: ChangeRequest,
): Promise<{ readonly change: Change; readonly result: Workload }> {
  const { kind, namespace = cluster.namespace } = name;
  for (let tries = 1; ; tries++) {
    const before = await readWorkload(cluster, name);
    const { manifest, change } = changed({ ...before }, request);
    const steps = jsonPatch(before, manifest);
    if (steps.length === 0) return { change, result: before };
    const value = before.metadata.generation;
    const unchanged = value === undefined ? [] : [{ op: 'test', path: '/metadata/generation', value }];
    try {
      const result = await cluster.patch(kind, namespace, name.name, [...unchanged, ...steps]);
      return { change, result: expectWorkload(result) };
    } catch (error) {
      const { status = 0, message } = error instanceof ApiError ? error : { message: '' };
      const outdated = status === 409 || (status === 422 && message.includes('/metadata/generation'));
      if (!outdated || tries === CONFLICT_TRIES) rejected(error);
    }
  }
}
