import { setTimeout as sleep } from 'node:timers/promises';
import { predict, type Timeline } from '@online-inference/rollout';
import { record, Session, type Cluster, type WorkloadKind } from '@online-inference/rollout/record';
import { kubectl } from '../kit/kubectl';
import { withNamespace } from '../kit/namespace';
import { LOAD_URL } from '../kit/node-port';
import { manifestOf, terminal, type Scenario } from './scenario';

/** A change that has not settled after this time never will. */
const LIMIT_SECONDS = 300;
const LEAD_SECONDS = 3;

/** Predicts a scenario. */
export function predictScenario(scenario: Scenario): Timeline {
  const { changes, behaviour, goOnFor = 0 } = scenario;
  const [first, ...then] = changes;
  return predict(manifestOf(scenario), {
    ...first,
    then,
    behaviour,
    goOnFor,
    limit: goOnFor || LIMIT_SECONDS,
  });
}

export interface Recording {
  readonly timeline: Timeline;
  /** Terminal of the action during the recording. */
  readonly screen: string | undefined;
}

/** Records a scenario in a namespace of its own, with load through a Service. */
export function recordScenario(scenario: Scenario, cluster: Cluster): Promise<Recording> {
  const { changes, during, goOnFor = 0 } = scenario;
  return withNamespace('evidence', async (namespace) => {
    const manifest = scenario.manifest();
    await namespace.apply(manifest);
    await namespace.allReady(120);
    const session = await Session.open(cluster, { namespace: namespace.name });
    let screen: Promise<string> | undefined;
    try {
      const timeline = await record(session, {
        workload: {
          kind: manifest.kind as WorkloadKind,
          name: manifest.metadata.name,
          namespace: namespace.name,
        },
        changes,
        leadSeconds: LEAD_SECONDS,
        limitSeconds: LEAD_SECONDS + (goOnFor || LIMIT_SECONDS),
        atLeastSeconds: goOnFor,
        load: { url: LOAD_URL, rate: 50 },
        onBegin: (recording) => {
          const isDue = ({ at }: { at: number }): boolean =>
            recording.hasChanged && session.now() - recording.zero >= at;
          screen = during && whenDue(() => isDue(during)).then(() => during.act(namespace));
        },
      });
      return { timeline, screen: await screen };
    } finally {
      session.close();
    }
  });
}

async function whenDue(isDue: () => boolean): Promise<void> {
  while (!isDue()) {
    await sleep(100);
  }
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
