import stableStringify from 'fast-json-stable-stringify';
import { withDefaults } from './defaults.ts';
import { hookTime, unknownHooks } from './hook.ts';
import type { ContainerManifest, ProbeManifest, TemplateManifest } from './manifest-schema.ts';
import { placementOf } from './placement.ts';
import { limitsOf, requestsOf, resourcesOf } from './requests.ts';
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

function container(given: ContainerManifest): ContainerSpec {
  const [startup, readiness, liveness] = [given.startupProbe, given.readinessProbe, given.livenessProbe].map(
    probe,
  );
  return {
    name: given.name,
    image: given.image,
    ...resourcesOf(given),
    env: Object.fromEntries((given.env ?? []).map(({ name, value = '' }) => [name, value])),
    hasPort: (given.ports ?? []).length > 0,
    preStopSeconds: hookTime(given, 'preStop').seconds,
    postStartSeconds: hookTime(given, 'postStart').seconds,
    ...(startup && { startup }),
    ...(readiness && { readiness }),
    ...(liveness && { liveness }),
  };
}

/**
 * Returns a pod template with the defaults of Kubernetes filled in.
 *
 * @param written the template in the API server, which does not have the values of other objects
 */
export function podTemplate(
  given: TemplateManifest,
  namespace?: string,
  written: TemplateManifest = given,
): PodTemplate {
  const { containers, initContainers = [], restartPolicy } = given.spec;
  const { terminationGracePeriodSeconds: graceSeconds = 30 } = given.spec;
  const key = stableStringify(withDefaults('PodTemplateSpec', written));
  return {
    key,
    image: containers[0]?.image ?? '',
    containers: containers.map(container),
    initContainers: initContainers.map((each) => ({
      ...container(each),
      sidecar: each.restartPolicy === 'Always',
    })),
    graceSeconds: graceSeconds < 0 ? 1 : graceSeconds,
    restarts: restartPolicy !== 'Never',
    requests: requestsOf(given.spec),
    limits: limitsOf(given.spec),
    placement: placementOf(given, key, namespace),
    readinessGates: (given.spec.readinessGates ?? []).map(({ conditionType }) => conditionType),
    annotations: given.metadata?.annotations ?? {},
    unknownHooks: [
      ...containers.flatMap((each) => unknownHooks(each, 'containers')),
      ...initContainers.flatMap((each) => unknownHooks(each, 'initContainers')),
    ],
  };
}
