import stableStringify from 'fast-json-stable-stringify';
import type { ContainerManifest, ProbeManifest, TemplateManifest } from './manifest-schema.ts';
import { requestsOf } from './requests.ts';
import type { ContainerSpec, PodTemplate, Probe } from './workload-spec.ts';

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/core/v1/defaults.go `SetDefaults_Probe` */
const probeDefaults: Probe = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

const probe = (given: ProbeManifest | undefined): Probe | undefined =>
  given && { ...probeDefaults, ...given };

/** How long a `preStop` hook takes: its `sleep`, or the `sleep` of its command. */
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

/** Returns a pod template with the defaults of Kubernetes filled in. */
export function podTemplate(given: TemplateManifest): PodTemplate {
  const { containers, initContainers, terminationGracePeriodSeconds, restartPolicy } = given.spec;
  return {
    key: stableStringify(given),
    image: containers[0]?.image ?? '',
    containers: containers.map(container),
    initContainers: initContainers?.length ?? 0,
    graceSeconds: terminationGracePeriodSeconds ?? 30,
    restarts: (restartPolicy ?? 'Always') === 'Always',
    requests: requestsOf(given.spec),
    annotations: given.metadata?.annotations ?? {},
  };
}
