import { InputError } from '../../errors/input-error.ts';
import { applyChange, type ChangeRequest } from '../../manifest/change.ts';
import type { Manifest } from '../../manifest/workload.ts';
import { Cluster } from '../../record/cluster.ts';
import { findWorkload, readWorkload, type WorkloadName } from '../../record/make-change.ts';
import type { Terminal } from '../terminal.ts';
import { targetOf } from './target.ts';

/** What the user asked to record. */
export interface PlanOptions {
  /** `kind/name`, or a manifest file. */
  readonly target: string;
  /** `kind/name` of the workload, if the manifest has several. */
  readonly chosen: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string | undefined;
  /** The first change and later ones, each at its time. */
  readonly changes: readonly ChangeRequest[];
  /** Whether to make no change. */
  readonly watch: boolean;
}

/** What will be done on which cluster. */
export interface Plan {
  readonly cluster: Cluster;
  readonly workload: Required<WorkloadName>;
  /** Kind and name of the workload. */
  readonly title: string;
  /** The workload to create first; undefined if it exists. */
  readonly toCreate: Manifest | undefined;
  /** The changes in words; undefined if none are made. */
  readonly change: string | undefined;
}

/** Returns all changes in words. An impossible change is reported before any is made. */
function describeChanges(before: Manifest, changes: readonly ChangeRequest[]): string {
  let current = before;
  const words = changes.map((request) => {
    const { manifest, change } = applyChange(current, request);
    current = manifest;
    return `${request.at ? `after ${request.at} s ` : ''}${change.description}`;
  });
  return words.join(', ');
}

/**
 * Connects to the cluster and decides what to do. It changes nothing.
 *
 * @throws InputError if the workload does not exist, or a change is empty or impossible
 */
export async function planOf(options: PlanOptions, terminal: Terminal): Promise<Plan> {
  const { kubeconfig, context, watch, changes } = options;
  const cluster = await Cluster.connect({ kubeconfig, context });
  const namespaces = { asked: options.namespace, own: cluster.namespace };
  const { workload, manifest } = await targetOf(options.target, options.chosen, namespaces, terminal);
  const existing = manifest ? await findWorkload(cluster, workload) : await readWorkload(cluster, workload);
  const toCreate = existing ? undefined : manifest;
  const change = watch ? undefined : describeChanges(toCreate ?? { ...existing }, changes);
  if (change?.startsWith('nothing')) {
    throw new InputError(
      'nothing to change: give --image, --replicas or --set, or --watch to record what others change',
    );
  }
  return { cluster, workload, title: `${workload.kind} ${workload.name}`, toCreate, change };
}

/** Returns what the user confirms: the cluster and what will be done on it. */
export function announcement({ cluster, workload, title, toCreate, change }: Plan): string[] {
  return [
    `context ${cluster.context}, API server ${cluster.server}, namespace ${workload.namespace}`,
    ...(toCreate ? [`create ${title}, and wait until it has settled`] : []),
    change === undefined ? `watch ${title}` : `change ${title}: ${change}`,
  ];
}
