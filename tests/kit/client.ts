import { eventually } from './kubectl';
import type { Namespace, Pod } from './namespace';

/**
 * Runs a script of ours inside the cluster, where a Service can be reached by its name, and
 * returns the JSON that it prints. It runs in the service's own image, which holds Node.js.
 */
export async function inCluster<T>(
  namespace: Namespace,
  name: string,
  script: string,
  seconds = 60,
): Promise<T> {
  await namespace.apply(clientPod(name, `(async () => {${script}})()`));
  const pod = await eventually(`client pod ${name} done`, seconds, async () => {
    const { status } = await namespace.get<Pod>('pod', name);
    return ['Succeeded', 'Failed'].includes(status.phase) && status;
  });
  const log = await namespace.kubectl(['logs', name]);
  await namespace.kubectl(['delete', 'pod', name, '--wait=false']);
  if (pod.phase === 'Failed') {
    throw new Error(`client pod ${name}: ${log}`);
  }
  return JSON.parse(log) as T;
}

/**
 * A pod that passes Pod Security "restricted" and runs a script.
 *
 * @param args what the script has in `process.argv` from 1 on
 */
export function clientPod(name: string, script: string, args: readonly string[] = []): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { role: 'e2e-client' } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image: process.env['E2E_CLIENT_IMAGE'] ?? 'mivankin/ml_prod_hw2:v1',
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
