import { distObject, withContainers } from '../kit/dist';
import { eventually } from '../kit/kubectl';
import { withNamespace, type Namespace, type Pod } from '../kit/namespace';

/** What the resources of step 2a do to a greedy program. */
export interface LimitsEvidence {
  /** CPU seconds that a busy loop got in a second. */
  readonly cpuWithLimit: number;
  readonly cpuWithoutLimit: number;
  /** How a program that allocates ever more memory ended, and how much it had. */
  readonly memoryWithLimit: { readonly reason: string; readonly exitCode: number; readonly tookMiB: number };
  readonly qosClass: { readonly withResources: string; readonly without: string };
}

const BUSY_SECONDS = 5;
const BUSY = `const end = Date.now() + ${BUSY_SECONDS * 1000}; while (Date.now() < end);
  const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6 / ${BUSY_SECONDS});`;
const GREEDY = `const all = []; setInterval(() => { all.push(Buffer.alloc(16 << 20, 1)); console.log(all.length * 16); }, 50);`;

interface EndedPod extends Pod {
  readonly status: Pod['status'] & {
    readonly qosClass: string;
    readonly containerStatuses?: readonly {
      readonly state: { readonly terminated?: { readonly reason: string; readonly exitCode: number } };
    }[];
  };
}

/** Runs a script instead of the service in the pod of a file of dist/, and reads the last number that it prints. */
async function runIn(namespace: Namespace, file: string, name: string, script: string) {
  const pod = withContainers(distObject(file), (container) => ({
    ...container,
    command: ['/nodejs/bin/node', '-e', script],
  }));
  await namespace.apply({
    ...pod,
    metadata: { ...pod.metadata, name },
    spec: { ...pod.spec, restartPolicy: 'Never' },
  });
  const { status } = await eventually(`${name} has ended`, 120, async () => {
    const found = await namespace.get<EndedPod>('pod', name);
    return ['Succeeded', 'Failed'].includes(found.status.phase) && found;
  });
  const lines = (await namespace.kubectl(['logs', name])).trim().split('\n');
  return { status, last: Number(lines.at(-1)) };
}

/** Measures what the resources of step 2a do. */
export function limitsEvidence(): Promise<LimitsEvidence> {
  return withNamespace('evidence', async (namespace) => {
    const resources = 'online-inference-pod-resources';
    const limited = await runIn(namespace, resources, 'busy-limited', BUSY);
    const unlimited = await runIn(namespace, 'online-inference-pod', 'busy-unlimited', BUSY);
    const greedy = await runIn(namespace, resources, 'greedy-limited', GREEDY);
    const terminated = greedy.status.containerStatuses?.[0]?.state.terminated;
    return {
      cpuWithLimit: limited.last,
      cpuWithoutLimit: unlimited.last,
      memoryWithLimit: {
        reason: terminated?.reason ?? 'still running',
        exitCode: terminated?.exitCode ?? 0,
        tookMiB: greedy.last,
      },
      qosClass: { withResources: limited.status.qosClass, without: unlimited.status.qosClass },
    };
  });
}
