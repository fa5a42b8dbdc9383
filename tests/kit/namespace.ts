import { randomBytes } from 'node:crypto';
import { kubectl, kubectlJson } from './kubectl';

/** The part of a pod that the tests read. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string; readonly kind: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName?: string };
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

/** A namespace that admits only pods which pass Pod Security "restricted". */
export class Namespace {
  static async create(purpose: string): Promise<Namespace> {
    const name = `online-inference-${purpose}-${randomBytes(3).toString('hex')}`;
    const metadata = { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } };
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }));
    return new Namespace(name);
  }

  constructor(readonly name: string) {}

  async delete(): Promise<void> {
    await kubectl(['delete', 'namespace', this.name, '--wait', '--timeout=120s']);
  }

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return kubectl(['--namespace', this.name, ...args], input);
  }

  get<T>(...args: string[]): Promise<T> {
    return kubectlJson<T>(['--namespace', this.name, 'get', ...args]);
  }

  async apply(object: unknown): Promise<void> {
    await this.kubectl(['apply', '-f', '-'], JSON.stringify(object));
  }

  /** The pods of one instance, or all. */
  async pods(instance?: string): Promise<readonly Pod[]> {
    const selector = instance ? [`--selector=app.kubernetes.io/instance=${instance}`] : [];
    return (await this.get<{ items: readonly Pod[] }>('pods', ...selector)).items;
  }

  /** What a pod answers to a GET, through the API server. */
  async ask<T>(pod: string, path: string): Promise<T> {
    const url = `/api/v1/namespaces/${this.name}/pods/${pod}:8000/proxy${path}`;
    return JSON.parse(await kubectl(['get', '--raw', url])) as T;
  }
}

/** Whether the pod's Ready condition is True. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** The namespace with the committed `dist/` in it. */
export function appliedDist(): Namespace {
  return new Namespace(process.env['E2E_NAMESPACE'] ?? '');
}
