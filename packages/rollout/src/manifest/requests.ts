import type { ContainerManifest, PodSpecManifest } from './manifest-schema';
import { quantity } from './quantity';
import type { Resources } from './workload-spec';

/** A limit without a request is the request too. */
function requestOf({ name, resources }: ContainerManifest, resource: keyof Resources): number {
  const given = resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0;
  return quantity(given, `container ${name}: request of ${resource}`);
}

/** Init containers run one after another, beside the sidecars that were started before them. */
function most(
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
  return Math.max(starting, running) + quantity(overhead?.[resource] ?? 0, `overhead of ${resource}`);
}

/**
 * What the scheduler finds room for: the most that a pod requests at a time.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestsOf(spec: PodSpecManifest): Resources {
  return { cpu: most(spec, 'cpu'), memory: most(spec, 'memory') };
}
