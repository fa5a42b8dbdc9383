import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICE_NAME } from '../../constructs/image';
import { distObjects, withEnvironment, type DistObject } from '../kit/dist';
import { eventually, kubectl } from '../kit/kubectl';
import { isReady, type Namespace, type Pod } from '../kit/namespace';
import { alwaysReady, noneFailed } from './claims';
import { faultClaims } from './faults';
import { bonus, BONUS_FILE, service, underLoad } from './site';
import type { Scenario } from './soak';

const RECONNECTS =
  'The load tries another connection when one is refused, as nothing was sent yet, and counts the request as reconnected. Without that it would have failed.';

const EVICTED_WITHIN_SECONDS = 240;

/**
 * Evicts a pod, and retries while a disruption budget refuses, as `kubectl drain` does.
 *
 * @returns the number of refusals
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
async function evict(namespace: Namespace, pod: string): Promise<number> {
  const metadata = { name: pod, namespace: namespace.name };
  const eviction = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata });
  const path = `/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`;
  for (let refused = 0; refused < EVICTED_WITHIN_SECONDS; refused++) {
    try {
      await kubectl(['create', '--raw', path, '-f', '-'], eviction);
      return refused;
    } catch (error) {
      if (!String(error).includes('disruption budget')) {
        throw error;
      }
      await sleep(1000);
    }
  }
  throw new Error(`the eviction of ${pod} was refused for ${EVICTED_WITHIN_SECONDS} s`);
}

/** Evicts all pods of one node at once. @returns the number of refusals */
async function evictAll(namespace: Namespace): Promise<number> {
  const pods = await namespace.livingPods(SERVICE_NAME);
  const onNode = pods.filter(({ spec }) => spec.nodeName === pods[0]?.spec.nodeName);
  const refusals = await Promise.all(onNode.map(({ metadata }) => evict(namespace, metadata.name)));
  return refusals.reduce((sum, refused) => sum + refused, 0);
}

export const drain: Scenario = {
  id: 'drain',
  title: 'Draining a node',
  how: `\`dist/${BONUS_FILE}.yaml\`. All pods of one node are evicted at once; an eviction that the PodDisruptionBudget refuses is retried every second. The node stays schedulable, as it may be the only one.`,
  observe: async ({ ratePerSecond }) => {
    let refusedEvictions = 0;
    const observed = await underLoad(bonus('drain', ratePerSecond), async (site) => [
      await site.act('drain', async () => {
        refusedEvictions = await evictAll(site.namespace);
      }),
    ]);
    return { ...observed, refusedEvictions };
  },
  claims: (observed) => {
    const { refusedEvictions = 0 } = observed;
    return [
      noneFailed(observed),
      alwaysReady(observed.phases, 2),
      {
        claim: 'the disruption budget delays evictions',
        holds: refusedEvictions > 0,
        because: `refused ${refusedEvictions} times`,
      },
    ];
  },
};

/** Kills the service from another process of its pod. */
const KILL = `
for (const pid of require('fs').readdirSync('/proc').filter(Number)) {
  const command = require('fs').readFileSync('/proc/' + pid + '/cmdline', 'utf8').split('\\0');
  if (command.includes('build/main.js')) process.kill(Number(pid), 'SIGKILL');
}`;

/**
 * The kernel protects process 1 of a container from signals of that container. With shared
 * processes, process 1 is the pause container's, and the service can be killed.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
function withSharedProcesses(object: DistObject): object {
  const { spec } = object;
  if (object.kind !== 'Deployment' || !spec?.template) {
    return object;
  }
  const template = { ...spec.template, spec: { ...spec.template.spec, shareProcessNamespace: true } };
  return { ...object, spec: { ...spec, template } };
}

const restartsOf = ({ status }: Pod): number => status.containerStatuses?.[0]?.restartCount ?? 0;

async function killOne(namespace: Namespace): Promise<void> {
  const [pod] = await namespace.livingPods(SERVICE_NAME);
  const name = pod?.metadata.name ?? '';
  // `kubectl exec` fails although the kill succeeds: its process ends with the container.
  await namespace.kubectl(['exec', name, '--', '/nodejs/bin/node', '-e', KILL]).catch(() => undefined);
  await eventually(
    `${name} has restarted`,
    30,
    async () => restartsOf(await namespace.get<Pod>('pod', name)) > 0,
  );
}

export const kill: Scenario = {
  id: 'kill',
  title: '`kill -9` of the process in one of 3 pods',
  how: `\`dist/${BONUS_FILE}.yaml\` with \`shareProcessNamespace: true\`, so that another process can kill the service. ${RECONNECTS}`,
  observe: ({ ratePerSecond }) => {
    const setup = bonus('kill', ratePerSecond);
    return underLoad(
      { ...setup, objects: setup.objects.map(withSharedProcesses), reconnects: true },
      async (site) => [await site.act('kill -9', () => killOne(site.namespace))],
    );
  },
  claims: (observed) => faultClaims(observed, 1),
};

const CRASHING_POD = 'online-inference-pod-probes';
const ALL_PODS = 'all-pods';
const CRASHES = 2;
const CRASHED_WITHIN_SECONDS = 180;
const FAULTS = { START_DELAY_SECONDS: '5', CRASH_AFTER_SECONDS: '30' };

export const crash: Scenario = {
  id: 'crash',
  title: "The demo image's crash, beside 3 steady pods",
  how: `The pod of \`dist/${CRASHING_POD}.yaml\` and those of \`dist/${BONUS_FILE}.yaml\` behind one Service. Its late start and its crash come sooner than in dist/: ${Object.entries(
    FAULTS,
  )
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}. ${RECONNECTS}`,
  observe: ({ ratePerSecond }) => {
    const setup = bonus('crash', ratePerSecond);
    return underLoad(
      {
        ...setup,
        objects: [
          ...setup.objects,
          ...distObjects(CRASHING_POD).map((pod) => withEnvironment(pod, FAULTS)),
          service(ALL_PODS, { 'app.kubernetes.io/name': SERVICE_NAME }),
        ],
        workload: { kind: 'Pod', name: CRASHING_POD },
        service: ALL_PODS,
        reconnects: true,
      },
      async (site) => [
        await site.act('two crashes of one pod', async () => {
          await eventually(
            `${CRASHING_POD} has crashed ${CRASHES} times and is Ready`,
            CRASHED_WITHIN_SECONDS,
            async () => {
              const pod = await site.namespace.get<Pod>('pod', CRASHING_POD);
              return restartsOf(pod) >= CRASHES && isReady(pod);
            },
          );
        }),
      ],
    );
  },
  claims: (observed) => faultClaims(observed, CRASHES),
};
