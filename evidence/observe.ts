import { predict, type Timeline } from '@online-inference/rollout';
import { record, Session, type Cluster, type WorkloadKind } from '@online-inference/rollout/record';
import { eventually } from '../e2e/kubectl';
import { isReady, Namespace } from '../e2e/namespace';
import type { Scenario } from './scenario';

/** Where NodePorts of the cluster answer. */
const NODE_HOST = process.env['NODE_HOST'] ?? '127.0.0.1';
const LIMIT_SECONDS = 600;

/** What is said of a scenario before it happens. */
export function predicted({ manifest, changes, behaviour, goOnFor = 0 }: Scenario): Timeline {
  const [first, ...then] = changes;
  return predict(manifest(), { ...first, then, behaviour, goOnFor, limit: LIMIT_SECONDS });
}

/** What becomes of it on a cluster, in a namespace of its own, with steady requests through a Service. */
export async function recorded(scenario: Scenario, cluster: Cluster): Promise<Timeline> {
  const manifest = scenario.manifest() as {
    kind: WorkloadKind;
    metadata: { name: string };
    spec: { replicas: number };
  };
  const namespace = await Namespace.create('evidence');
  try {
    await namespace.apply(manifest);
    await eventually(`${scenario.id}: every pod Ready`, 120, async () => {
      const pods = await namespace.pods();
      return pods.length === manifest.spec.replicas && pods.every(isReady);
    });
    const session = await Session.open(cluster, { namespace: namespace.name });
    const hand = new AbortController();
    try {
      return await record(session, {
        workload: { kind: manifest.kind, name: manifest.metadata.name, namespace: namespace.name },
        changes: scenario.changes,
        limitSeconds: LIMIT_SECONDS,
        atLeastSeconds: scenario.goOnFor ?? 0,
        load: { url: `http://${NODE_HOST}:{nodePort}/`, rate: 50 },
        onBegin: (recording) => {
          void byHand(
            scenario,
            namespace.name,
            () => recording.changedYet && session.now() - recording.zero,
            hand.signal,
          );
        },
      });
    } finally {
      hand.abort();
      session.close();
    }
  } finally {
    await namespace.delete();
  }
}

async function byHand(
  { during }: Scenario,
  namespace: string,
  sinceChange: () => number | false,
  signal: AbortSignal,
): Promise<void> {
  if (!during) {
    return;
  }
  while (!signal.aborted) {
    const now = sinceChange();
    if (now !== false && now >= during.at) {
      await during.act(namespace);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
