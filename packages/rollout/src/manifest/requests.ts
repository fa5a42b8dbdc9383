import type { ContainerManifest, PodSpecManifest } from './manifest-schema.ts';
import { parseQuantity } from './quantity.ts';
import type { Resources } from './workload-spec.ts';

/** A limit without a request is the request too. */
function requestOf({ name, resources }: ContainerManifest, resource: keyof Resources): number {
  const given = resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0;
  return parseQuantity(given, `container ${name}: request of ${resource}`);
}

/** Init containers run one after another, beside the sidecars that started before them. */
function largest(
  { containers, initContainers = [], overhead }: PodSpecManifest,
  resource: keyof Resources,
): number {
  let sidecars = 0;
  let starting = 0;
  for (const each of initContainers) {
    const request = requestOf(each, resource);
    starting = Math.max(starting, sidecars + request);
    if (each.restartPolicy === 'Always') sidecars += request;
  }
  const running = containers.reduce((sum, each) => sum + requestOf(each, resource), sidecars);
  return Math.max(starting, running) + parseQuantity(overhead?.[resource] ?? 0, `overhead of ${resource}`);
}

/**
 * Returns the resources that the scheduler reserves for a pod: the most that it requests at any time.
 *
 * Init containers of 5 and 4 CPUs before containers of 1 and 2 CPUs: the larger of 5 and 1 + 2, which is 5.
 *
 * @throws InputError for a request that is no quantity
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestsOf(spec: PodSpecManifest): Resources {
  return { cpu: largest(spec, 'cpu'), memory: largest(spec, 'memory') };
}
