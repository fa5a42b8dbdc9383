import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { eventually } from '../kit/kubectl';
import { Namespace, type Pod } from '../kit/namespace';

/** What the limits of step 2a do to a program that wants more, each beside the same without limits. */
export interface LimitsEvidence {
  /** CPU seconds that a busy loop got in a second. */
  readonly cpuWithLimit: number;
  readonly cpuWithoutLimit: number;
  /** How a program that takes ever more memory ended, and what it had. */
  readonly memoryWithLimit: { readonly reason: string; readonly exitCode: number; readonly tookMiB: number };
  /** Where the requests and limits put a pod in the order of eviction. */
  readonly qosClass: { readonly withResources: string; readonly without: string };
}

interface PodManifest {
  metadata: { name: string; labels: Record<string, string> };
  spec: { restartPolicy: string; containers: { command?: string[] }[] };
}

const BUSY_SECONDS = 5;
const BUSY = `const end = Date.now() + ${BUSY_SECONDS * 1000}; while (Date.now() < end);
  const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6 / ${BUSY_SECONDS});`;
const GREEDY = `const all = []; setInterval(() => { all.push(Buffer.alloc(16 << 20, 1)); console.log(all.length * 16); }, 50);`;

/** Runs a script in the pod of a file of `dist/`, in place of the service. */
async function runIn(namespace: Namespace, file: string, name: string, script: string) {
  const pod = parse(readFileSync(`dist/${file}.yaml`, 'utf8')) as PodManifest;
  pod.metadata.name = name;
  pod.spec.restartPolicy = 'Never';
  for (const container of pod.spec.containers) {
    container.command = ['/nodejs/bin/node', '-e', script];
  }
  await namespace.apply(pod);
  const ended = await eventually(`${name} ended`, 120, async () => {
    const found = await namespace.get<EndedPod>('pod', name);
    return ['Succeeded', 'Failed'].includes(found.status.phase) && found;
  });
  const lines = (await namespace.kubectl(['logs', name])).trim().split('\n');
  return { ended, last: Number(lines.at(-1)) };
}

interface EndedPod extends Pod {
  readonly status: Pod['status'] & {
    readonly qosClass: string;
    readonly containerStatuses?: readonly {
      readonly state: { readonly terminated?: { readonly reason: string; readonly exitCode: number } };
    }[];
  };
}

export async function limitsEvidence(): Promise<LimitsEvidence> {
  const namespace = await Namespace.create('evidence');
  try {
    const resources = 'online-inference-pod-resources';
    const limited = await runIn(namespace, resources, 'busy-limited', BUSY);
    const unlimited = await runIn(namespace, 'online-inference-pod', 'busy-unlimited', BUSY);
    const greedy = await runIn(namespace, resources, 'greedy-limited', GREEDY);
    const terminated = greedy.ended.status.containerStatuses?.[0]?.state.terminated;
    return {
      cpuWithLimit: limited.last,
      cpuWithoutLimit: unlimited.last,
      memoryWithLimit: {
        reason: terminated?.reason ?? 'still running',
        exitCode: terminated?.exitCode ?? 0,
        tookMiB: greedy.last,
      },
      qosClass: {
        withResources: limited.ended.status.qosClass,
        without: unlimited.ended.status.qosClass,
      },
    };
  } finally {
    await namespace.delete();
  }
}
