import { eventually, kubectl } from '../kit/kubectl';
import { isReady, Namespace } from '../kit/namespace';

/** What a terminal shows of a kubectl command in a namespace: the command, and its real output. */
export async function typed(namespace: Namespace, args: readonly string[]): Promise<string> {
  return `$ kubectl ${args.join(' ')}\n${await namespace.kubectl(args)}`;
}

/** What the homework asks a picture of: that the cluster is up, and that everything runs in it. */
export async function screens(): Promise<Readonly<Record<string, string>>> {
  const namespace = await Namespace.create('evidence');
  try {
    const info = `$ kubectl cluster-info\n${await kubectl(['cluster-info'])}`;
    const nodes = `$ kubectl get nodes\n${await kubectl(['get', 'nodes'])}`;
    const applied = await typed(namespace, ['apply', '-f', 'dist/']);
    await eventually('every pod of dist/ Ready', 120, async () => (await namespace.pods()).every(isReady));
    const running = await typed(namespace, ['get', 'pods']);
    const objects = await typed(namespace, ['get', 'replicasets,deployments,services,configmaps']);
    return {
      '1-cluster': `${info}\n${nodes}`,
      '2-everything-runs': `${applied}\n${running}\n${objects}`,
    };
  } finally {
    await namespace.delete();
  }
}
