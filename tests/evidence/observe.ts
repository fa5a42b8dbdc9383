import { setTimeout as sleep } from 'node:timers/promises';
import { predict, type Timeline } from '@online-inference/rollout';
import { record, Session, type Cluster, type WorkloadKind } from '@online-inference/rollout/record';
import { kubectl, LOAD_URL } from '../kit/kubectl';
import { withNamespace } from '../kit/namespace';
import { STEADY_TO_DEMO, terminal, type Scenario } from './scenario';

/** A change that has not settled after this time never will. */
const LIMIT_SECONDS = 300;
const LEAD_SECONDS = 3;

/** Predicts a scenario. */
export function predictScenario({
  manifest,
  changes: [first, ...then],
  behaviour = STEADY_TO_DEMO,
  age,
  goOnFor = 0,
}: Scenario): Timeline {
  const limit = goOnFor || LIMIT_SECONDS;
  return predict({ ...manifest() }, { ...first, then, behaviour, age, goOnFor, limit });
}

/**
 * Records a scenario in a namespace of its own, with load through a Service.
 *
 * @returns the timeline, and the terminal of the action during the recording
 */
export function recordScenario(
  { manifest, changes, during, goOnFor = 0 }: Scenario,
  cluster: Cluster,
): Promise<{ readonly timeline: Timeline; readonly screen: string | undefined }> {
  return withNamespace('evidence', async (namespace) => {
    const object = manifest();
    await namespace.apply(object);
    await namespace.allReady(120);
    const session = await Session.open(cluster, { namespace: namespace.name });
    let screen: Promise<string> | undefined;
    try {
      const timeline = await record(session, {
        workload: {
          kind: object.kind as WorkloadKind,
          name: object.metadata.name,
          namespace: namespace.name,
        },
        changes,
        leadSeconds: LEAD_SECONDS,
        limitSeconds: LEAD_SECONDS + (goOnFor || LIMIT_SECONDS),
        atLeastSeconds: goOnFor,
        load: { url: LOAD_URL, rate: 50 },
        onBegin: (recording) => {
          if (!during) return;
          const { at, act } = during;
          const isDue = () => recording.hasChanged && session.now() - recording.zero >= at;
          screen = whenDue(isDue).then(() => act(namespace));
        },
      });
      return { timeline, screen: await screen };
    } finally {
      session.close();
    }
  });
}

async function whenDue(isDue: () => boolean): Promise<void> {
  while (!isDue()) await sleep(100);
}

/** Returns the terminals that the homework asks for: the cluster, and everything running in it. */
export function screens(): Promise<Readonly<Record<string, string>>> {
  return withNamespace('evidence', async (namespace) => {
    const info = `$ kubectl cluster-info\n${await kubectl(['cluster-info'])}`;
    const nodes = `$ kubectl get nodes\n${await kubectl(['get', 'nodes'])}`;
    const applied = await terminal(namespace, ['apply', '-f', 'dist/']);
    await namespace.allReady(120);
    const running = await terminal(namespace, ['get', 'pods']);
    const objects = await terminal(namespace, ['get', 'replicasets,deployments,services,configmaps']);
    return {
      '1-cluster': `${info}\n${nodes}`,
      '2-everything-runs': `${applied}\n${running}\n${objects}`,
    };
  });
}
