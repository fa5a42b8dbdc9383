import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRequest } from '@online-inference/rollout';
import {
  Cluster,
  record,
  Session,
  type Recording,
  type WorkloadName,
} from '@online-inference/rollout/record';
import { HTTP_PORT, SERVICE_NAME } from '../../constructs/image';
import { distObjects, type DistObject } from '../kit/dist';
import { eventually } from '../kit/kubectl';
import { LoadPod, type LoadPodOptions } from '../kit/load/load-pod';
import { withNamespace, type Namespace } from '../kit/namespace';
import type { Observed, Phase } from './soak';

/** What a scenario deploys, and which load it sends. */
interface Setup extends LoadPodOptions {
  /** Part of the namespace's name. */
  readonly purpose: string;
  readonly objects: readonly object[];
  readonly workload: Pick<WorkloadName, 'kind' | 'name'>;
}

/** File of the bonus chart in dist/, without `.yaml`. */
export const BONUS_FILE = 'online-inference-service';

/** Returns the setup of the bonus chart as in dist/, with load through its own Service. */
export function bonus(purpose: string, ratePerSecond: number): Setup & { objects: DistObject[] } {
  return {
    purpose,
    objects: distObjects(BONUS_FILE),
    workload: { kind: 'Deployment', name: SERVICE_NAME },
    service: SERVICE_NAME,
    ratePerSecond,
  };
}

/** Returns a Service for the pods with these labels. */
export function service(name: string, selector: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [{ port: 80, targetPort: HTTP_PORT }] },
  };
}

const READY_WITHIN_SECONDS = 120;
/** Load before the first action and after the last. */
const MARGIN_SECONDS = 3;
/** A change that has not settled after this time never will. */
const LIMIT_SECONDS = 300;
/** How long a workload must be at rest: new endpoints must reach every node. */
const QUIET_SECONDS = 2;

/** A workload under load in a namespace of its own. */
export class Site {
  constructor(
    readonly namespace: Namespace,
    private readonly session: Session,
    private readonly workload: WorkloadName,
  ) {}

  /** Changes the workload, and records until it has settled. */
  async change(name: string, change: ChangeRequest): Promise<Phase> {
    const timeline = await record(this.session, {
      workload: this.workload,
      changes: [change],
      quietSeconds: QUIET_SECONDS,
      limitSeconds: LIMIT_SECONDS,
    });
    return { name, timeline };
  }

  /**
   * Does something other than a change of the workload, and records until it has settled.
   *
   * @param act resolves when its effect has begun to show
   */
  async act(name: string, act: () => Promise<void>): Promise<Phase> {
    const ending = new AbortController();
    let recording: Recording | undefined;
    const timeline = record(this.session, {
      workload: this.workload,
      watching: true,
      limitSeconds: LIMIT_SECONDS,
      signal: ending.signal,
      onBegin: (begun) => {
        recording = begun;
      },
    });
    try {
      await act();
      let quietPolls = 0;
      await eventually(`${name} has settled`, LIMIT_SECONDS, async () => {
        quietPolls = recording?.settled ? quietPolls + 1 : 0;
        return Promise.resolve(quietPolls > QUIET_SECONDS);
      });
    } finally {
      ending.abort();
    }
    return { name, timeline: await timeline };
  }
}

/** Deploys objects into a namespace, and sends load to their Service while `act` runs. */
export function underLoad(
  { purpose, objects, workload, ...load }: Setup,
  act: (site: Site) => Promise<readonly Phase[]>,
): Promise<Observed> {
  return withNamespace(`soak-${purpose}`, async (namespace) => {
    await namespace.kubectl(['apply', '-f', '-'], JSON.stringify(list(objects)));
    await namespace.allReady(READY_WITHIN_SECONDS);
    const session = await Session.open(await Cluster.connect(), { namespace: namespace.name, events: false });
    try {
      const requests = await LoadPod.start(namespace, load);
      await sleep(MARGIN_SECONDS * 1000);
      const site = new Site(namespace, session, { ...workload, namespace: namespace.name });
      const phases = await act(site);
      await sleep(MARGIN_SECONDS * 1000);
      return { load: await requests.end(), phases };
    } finally {
      session.close();
    }
  });
}

const list = (items: readonly object[]): object => ({ apiVersion: 'v1', kind: 'List', items });
