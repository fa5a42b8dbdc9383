import { eventually } from '../kit/kubectl';
import { isReady, type Pod } from '../kit/namespace';
import { BONUS, bonus } from './bonus';
import { faultClaims, RECONNECTS } from './faults';
import { committed, service, withEnvironment } from './manifests';
import { acted } from './phase';
import type { Scenario } from './scenario';
import { underLoad, type Site } from './under-load';

const POD = 'online-inference-pod-probes';
const SERVICE = 'all-pods';
const CRASHES = 2;
const FAULTS = { START_DELAY_SECONDS: '5', CRASH_AFTER_SECONDS: '30' };
const CRASHED_WITHIN_SECONDS = 180;

async function crashed({ namespace }: Site): Promise<void> {
  await eventually(
    `${CRASHES} crashes of ${POD}, and it is Ready again`,
    CRASHED_WITHIN_SECONDS,
    async () => {
      const pod = await namespace.get<Pod>('pod', POD);
      return (pod.status.containerStatuses?.[0]?.restartCount ?? 0) >= CRASHES && isReady(pod);
    },
  );
}

export const crash: Scenario = {
  id: 'crash',
  title: "The demo image's crash, beside 3 steady pods",
  how: `The pod of \`dist/${POD}.yaml\` behind one Service with those of \`dist/${BONUS}-service.yaml\`. Its late start and its crash come sooner than committed: ${Object.entries(
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
          ...committed(POD).map((pod) => withEnvironment(pod, FAULTS)),
          service(SERVICE, { 'app.kubernetes.io/name': 'online-inference' }),
        ],
        workload: { kind: 'Pod', name: POD },
        service: SERVICE,
        reconnects: true,
      },
      async (site) => [await acted(site, 'two crashes of this one pod', () => crashed(site))],
    );
  },
  claims: (observed) => faultClaims(observed, CRASHES),
};
