import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, Session, type WorkloadName } from '@online-inference/rollout/record';
import { eventually } from '../kit/kubectl';
import { LoadPod, type LoadPodOptions } from '../kit/load/load-pod';
import { isReady, Namespace } from '../kit/namespace';
import type { Observed, Phase } from './scenario';

/** What is deployed, and how it is asked. */
export interface Setup extends Pick<LoadPodOptions, 'service' | 'ratePerSecond' | 'reconnects'> {
  /** Names the namespace. */
  readonly purpose: string;
  readonly objects: readonly object[];
  readonly workload: Pick<WorkloadName, 'kind' | 'name'>;
}

/** Where something is done to a workload that is under load. */
export interface Site {
  readonly namespace: Namespace;
  readonly session: Session;
  readonly workload: WorkloadName;
}

const READY_WITHIN_SECONDS = 120;
/** Requests alone, before the first thing that is done and after the last one. */
const MARGIN_SECONDS = 3;

const standing = new Set<Namespace>();

/** Deletes the namespaces of scenarios that are under way, as nobody will. */
export async function deleteNamespaces(): Promise<void> {
  await Promise.all([...standing].map((namespace) => namespace.delete()));
}

/** Puts objects into a namespace of their own, sends requests to their Service while something is done, and deletes all of it. */
export async function underLoad(
  { purpose, objects, workload, ...load }: Setup,
  act: (site: Site) => Promise<readonly Phase[]>,
): Promise<Pick<Observed, 'load' | 'phases'>> {
  const namespace = await Namespace.create(`soak-${purpose}`);
  standing.add(namespace);
  try {
    for (const object of objects) {
      await namespace.apply(object);
    }
    await allReady(namespace);
    const session = await Session.open(await Cluster.connect(), { namespace: namespace.name, events: false });
    try {
      const requests = await LoadPod.start(namespace, load);
      await sleep(MARGIN_SECONDS * 1000);
      const phases = await act({
        namespace,
        session,
        workload: { ...workload, namespace: namespace.name },
      });
      await sleep(MARGIN_SECONDS * 1000);
      return { load: await requests.end(), phases };
    } finally {
      session.close();
    }
  } finally {
    // what was seen is worth keeping, also where the API server is slow to forget the namespace
    await namespace.delete().catch((error: unknown) => {
      console.error(error);
    });
    standing.delete(namespace);
  }
}

async function allReady(namespace: Namespace): Promise<void> {
  await eventually(`every pod of ${namespace.name} Ready`, READY_WITHIN_SECONDS, async () => {
    const deployments = await namespace.get<{ items: { spec: { replicas: number } }[] }>('deployments');
    const wanted = deployments.items.reduce((sum, { spec }) => sum + spec.replicas, 0);
    const pods = await namespace.pods();
    return pods.length >= wanted && pods.every(isReady);
  });
}
