import { eventually } from '../kit/kubectl';
import type { Pod } from '../kit/namespace';
import { BONUS, bonus, podsOf } from './bonus';
import { faultClaims, RECONNECTS } from './faults';
import type { Manifest } from './manifests';
import { acted } from './phase';
import type { Scenario } from './scenario';
import { underLoad, type Site } from './under-load';

/** Kills the service among the processes of its pod. */
const KILL = `
for (const pid of require('fs').readdirSync('/proc').filter(Number)) {
  const command = require('fs').readFileSync('/proc/' + pid + '/cmdline', 'utf8').split('\\0');
  if (command.includes('build/main.js')) process.kill(Number(pid), 'SIGKILL');
}`;

/**
 * The kernel keeps the first process of a container from signals of the same container. Where the pod's
 * containers share their processes, the first one is Kubernetes' own, and the service can be killed.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
function withSharedProcesses(manifest: Manifest): object {
  const { spec } = manifest;
  if (manifest.kind !== 'Deployment' || !spec?.template) {
    return manifest;
  }
  const template = { ...spec.template, spec: { ...spec.template.spec, shareProcessNamespace: true } };
  return { ...manifest, spec: { ...spec, template } };
}

async function killOne({ namespace, ...site }: Site): Promise<void> {
  const [pod] = await podsOf({ namespace, ...site });
  const name = pod?.metadata.name ?? '';
  // The command dies with the container that it runs in: how it ends tells nothing.
  await namespace.kubectl(['exec', name, '--', '/nodejs/bin/node', '-e', KILL]).catch(() => undefined);
  await eventually(`${name} is started again`, 30, async () => {
    const { status } = await namespace.get<Pod>('pod', name);
    return (status.containerStatuses?.[0]?.restartCount ?? 0) > 0;
  });
}

export const kill: Scenario = {
  id: 'kill',
  title: '`kill -9` of the process in one of 3 pods',
  how: `\`dist/${BONUS}-service.yaml\` with \`shareProcessNamespace: true\`, so that the process can be killed from beside it. ${RECONNECTS}`,
  observe: ({ ratePerSecond }) => {
    const setup = bonus('kill', ratePerSecond);
    const objects = (setup.objects as readonly Manifest[]).map(withSharedProcesses);
    return underLoad({ ...setup, objects, reconnects: true }, async (site) => [
      await acted(site, 'kill -9', () => killOne(site)),
    ]);
  },
  claims: (observed) => faultClaims(observed, 1),
};
