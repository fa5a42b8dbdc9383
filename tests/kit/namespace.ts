import { randomBytes } from 'node:crypto';
import { HTTP_PORT } from '../../constructs/image';
import { eventually, kubectl, kubectlJson } from './kubectl';

/** A pod, as far as tests read it. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string; readonly kind: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly image: string }[] };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly restartCount: number;
      readonly state: { readonly running?: { readonly startedAt: string } };
      readonly lastState: {
        readonly terminated?: { readonly exitCode: number; readonly finishedAt: string };
      };
    }[];
  };
}

interface Workload {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number };
}

/** A namespace that enforces Pod Security "restricted". */
export class Namespace {
  /** Creates a namespace. @param purpose part of its name */
  static async create(purpose: string): Promise<Namespace> {
    const name = `online-inference-${purpose}-${randomBytes(3).toString('hex')}`;
    const metadata = { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } };
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }));
    return new Namespace(name);
  }

  constructor(readonly name: string) {}

  /** Deletes the namespace with all that it contains, and waits for its end. */
  async delete(): Promise<void> {
    await kubectl(['delete', 'namespace', this.name, '--wait', '--timeout=120s']);
  }

  /** Runs kubectl in the namespace. */
  kubectl(args: readonly string[], input?: string): Promise<string> {
    return kubectl(['--namespace', this.name, ...args], input);
  }

  /** Returns what `kubectl get` finds in the namespace. */
  get<T>(...args: string[]): Promise<T> {
    return kubectlJson<T>(['--namespace', this.name, 'get', ...args]);
  }

  /** Applies an object. */
  async apply(object: unknown): Promise<void> {
    await this.kubectl(['apply', '-f', '-'], JSON.stringify(object));
  }

  /** Returns the pods of one instance, or all pods. */
  async pods(instance?: string): Promise<readonly Pod[]> {
    const selector = instance ? [`--selector=app.kubernetes.io/instance=${instance}`] : [];
    return (await this.get<{ items: readonly Pod[] }>('pods', ...selector)).items;
  }

  /** Returns the pods of one instance, or all pods, without those that are being deleted. */
  async livingPods(instance?: string): Promise<readonly Pod[]> {
    return (await this.pods(instance)).filter(({ metadata }) => !metadata.deletionTimestamp);
  }

  /** Waits until every workload has its replicas, and every pod is Ready. @param seconds time limit */
  async allReady(seconds: number): Promise<void> {
    await eventually(`every pod of ${this.name} is Ready`, seconds, async () => {
      const workloads = (await this.get<{ items: readonly Workload[] }>('deployments,replicasets')).items;
      const waiting = [
        ...workloads.filter(({ spec, status }) => spec.replicas !== (status.readyReplicas ?? 0)),
        ...(await this.pods()).filter((pod) => !isReady(pod)),
      ];
      if (waiting.length > 0) {
        throw new Error(`not Ready: ${waiting.map(({ metadata }) => metadata.name).join(', ')}`);
      }
      return true;
    });
  }

  /** Sends a GET to a pod through the API server, and returns the JSON of its answer. */
  async ask<T>(pod: string, path: string): Promise<T> {
    const url = `/api/v1/namespaces/${this.name}/pods/${pod}:${HTTP_PORT}/proxy${path}`;
    return JSON.parse(await kubectl(['get', '--raw', url])) as T;
  }
}

/** Returns whether the pod's Ready condition is True. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

const open = new Set<Namespace>();

function deleteOpenNamespaces(): void {
  void Promise.allSettled([...open].map((namespace) => namespace.delete())).finally(() => process.exit(130));
}

/** Creates a namespace, passes it to `use`, and deletes it, also when the process is interrupted. */
export async function withNamespace<T>(
  purpose: string,
  use: (namespace: Namespace) => Promise<T>,
): Promise<T> {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.removeListener(signal, deleteOpenNamespaces).once(signal, deleteOpenNamespaces);
  }
  const namespace = await Namespace.create(purpose);
  open.add(namespace);
  try {
    return await use(namespace);
  } finally {
    // A slow deletion must not lose the result.
    await namespace.delete().catch(console.error);
    open.delete(namespace);
  }
}
