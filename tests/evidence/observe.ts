import { setTimeout as sleep } from 'node:timers/promises';
import { predict, type Timeline } from '@online-inference/rollout';
import { record, Session, type Cluster, type WorkloadKind } from '@online-inference/rollout/record';
import { eventually } from '../kit/kubectl';
import { isReady, Namespace } from '../kit/namespace';
import type { Scenario } from './scenario';

/** How the requests reach the Service that a recording makes: where NodePorts answer, or `http://{clusterIP}/` on a node. */
const LOAD_URL = process.env['LOAD_URL'] ?? 'http://127.0.0.1:{nodePort}/';
/** A rollout that has not settled by then will not. */
const LIMIT_SECONDS = 300;
const LEAD_SECONDS = 3;

/** What is said of a scenario before it happens. */
export function predicted({ manifest, changes, behaviour, goOnFor = 0 }: Scenario): Timeline {
  const [first, ...then] = changes;
  return predict(manifest(), { ...first, then, behaviour, goOnFor, limit: goOnFor || LIMIT_SECONDS });
}

export interface Recorded {
  readonly timeline: Timeline;
  /** What a terminal showed in the middle. */
  readonly screen: string | undefined;
}

/** What becomes of it on a cluster, in a namespace of its own, with steady requests through a Service. */
export async function recorded(scenario: Scenario, cluster: Cluster): Promise<Recorded> {
  const { goOnFor = 0 } = scenario;
  const namespace = await Namespace.create('evidence');
  try {
    const manifest = scenario.manifest() as {
      kind: WorkloadKind;
      metadata: { name: string };
      spec: { replicas: number };
    };
    await namespace.apply(manifest);
    await eventually(`${scenario.id}: every pod Ready`, 120, async () => {
      const pods = await namespace.pods();
      return pods.length === manifest.spec.replicas && pods.every(isReady);
    });
    const session = await Session.open(cluster, { namespace: namespace.name });
    try {
      let screen: Promise<string | undefined> = Promise.resolve(undefined);
      const timeline = await record(session, {
        workload: { kind: manifest.kind, name: manifest.metadata.name, namespace: namespace.name },
        changes: scenario.changes,
        leadSeconds: LEAD_SECONDS,
        limitSeconds: LEAD_SECONDS + (goOnFor || LIMIT_SECONDS),
        atLeastSeconds: goOnFor,
        load: { url: LOAD_URL, rate: 50 },
        onBegin: (recording) => {
          const since = (): number => (recording.changedYet ? session.now() - recording.zero : 0);
          screen = byHand(scenario, namespace, since);
        },
      });
      return { timeline, screen: await screen };
    } finally {
      session.close();
    }
  } finally {
    await namespace.delete();
  }
}

/** Does what a scenario asks for in its middle, when its time has come. */
async function byHand(
  { during }: Scenario,
  namespace: Namespace,
  secondsSinceChange: () => number,
): Promise<string | undefined> {
  if (!during) {
    return undefined;
  }
  while (secondsSinceChange() < during.at) {
    await sleep(100);
  }
  return during.act(namespace);
}
