import type { ContainerManifest, TemplateManifest } from './manifest-schema';
import { requestsOf } from './requests';
import type { ContainerSpec, PodTemplate, Probe } from './workload-spec';

type ProbeFields = NonNullable<ContainerManifest['readinessProbe']>;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/core/v1/defaults.go `SetDefaults_Probe` */
const probeDefaults: Probe = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

const probe = (given: ProbeFields | undefined): Probe | undefined => given && { ...probeDefaults, ...given };

/** What a `preStop` hook takes, where it only sleeps. */
function preStopSeconds({ lifecycle }: ContainerManifest): number {
  const hook = lifecycle?.preStop;
  const command = hook?.exec?.command?.join(' ') ?? '';
  return hook?.sleep?.seconds ?? Number(/\bsleep\s+(\d+(?:\.\d+)?)/.exec(command)?.[1] ?? 0);
}

function container(given: ContainerManifest): ContainerSpec {
  const [startup, readiness, liveness] = [given.startupProbe, given.readinessProbe, given.livenessProbe].map(
    probe,
  );
  return {
    name: given.name,
    image: given.image,
    env: Object.fromEntries((given.env ?? []).map(({ name, value = '' }) => [name, value])),
    preStopSeconds: preStopSeconds(given),
    ...(startup && { startup }),
    ...(readiness && { readiness }),
    ...(liveness && { liveness }),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** A pod template with Kubernetes' defaults filled in. */
export function podTemplate(given: TemplateManifest): PodTemplate {
  const { containers, initContainers, terminationGracePeriodSeconds, restartPolicy } = given.spec;
  return {
    key: JSON.stringify(sorted(given)),
    image: containers[0]?.image ?? '',
    containers: containers.map(container),
    initContainers: initContainers?.length ?? 0,
    graceSeconds: terminationGracePeriodSeconds ?? 30,
    restarts: (restartPolicy ?? 'Always') === 'Always',
    requests: requestsOf(given.spec),
    annotations: given.metadata?.annotations ?? {},
  };
}
