import { USER } from '../../constructs/image';
import { STEADY_IMAGE } from './images';
import { eventually } from './kubectl';
import type { Namespace, Pod } from './namespace';

/**
 * Runs a script in a pod of the namespace, where a Service is reachable by its name, and returns
 * the JSON that it prints. The pod runs the service's image, because it contains Node.js.
 *
 * @param seconds time limit
 */
export async function runInCluster<T>(
  namespace: Namespace,
  name: string,
  script: string,
  seconds = 60,
): Promise<T> {
  await namespace.apply(clientPod(name, `(async () => {${script}})()`));
  const phase = await eventually(`client pod ${name} has ended`, seconds, async () => {
    const { status } = await namespace.get<Pod>('pod', name);
    return ['Succeeded', 'Failed'].includes(status.phase) && status.phase;
  });
  const log = await namespace.kubectl(['logs', name]);
  await namespace.kubectl(['delete', 'pod', name, '--wait=false']);
  if (phase === 'Failed') {
    throw new Error(`client pod ${name} failed: ${log}`);
  }
  return JSON.parse(log) as T;
}

/**
 * Returns a pod that meets Pod Security "restricted" and runs a script.
 *
 * @param args `process.argv` of the script, from index 1
 */
export function clientPod(name: string, script: string, args: readonly string[] = []): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { role: 'test-client' } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: USER, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image: STEADY_IMAGE,
          imagePullPolicy: 'IfNotPresent',
          command: ['/nodejs/bin/node', '-e', script],
          args,
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
