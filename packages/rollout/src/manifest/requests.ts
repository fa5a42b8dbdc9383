import type { ContainerManifest, PodSpecManifest } from './manifest-schema.ts';
import { parseQuantity } from './quantity.ts';
import type { Resources } from './workload-spec.ts';

/** A limit without a request is the request too. */
function requestOf({ name, resources }: ContainerManifest, resource: string): number {
  const given = resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0;
  return parseQuantity(given, `container ${name}: request of ${resource}`);
}

/** Init containers run one after another, beside the sidecars that started before them. */
function largest(
  { containers, initContainers = [], overhead }: PodSpecManifest,
  resource: string,
  amountOf: (container: ContainerManifest, resource: string) => number,
): number {
  let sidecars = 0;
  let starting = 0;
  for (const each of initContainers) {
    const amount = amountOf(each, resource);
    starting = Math.max(starting, sidecars + amount);
    if (each.restartPolicy === 'Always') sidecars += amount;
  }
  const running = containers.reduce((sum, each) => sum + amountOf(each, resource), sidecars);
  return Math.max(starting, running) + parseQuantity(overhead?.[resource] ?? 0, `overhead of ${resource}`);
}

const allContainers = ({ containers, initContainers = [] }: PodSpecManifest): ContainerManifest[] => [
  ...containers,
  ...initContainers,
];

function amounts(names: Iterable<string>, amountOf: (resource: string) => number): Resources {
  return Object.fromEntries([...new Set(names)].map((name) => [name, amountOf(name)]));
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
  const names = allContainers(spec).flatMap(({ resources }) => [
    ...Object.keys(resources?.requests ?? {}),
    ...Object.keys(resources?.limits ?? {}),
  ]);
  return amounts(['cpu', 'memory', ...names, ...Object.keys(spec.overhead ?? {})], (name) =>
    largest(spec, name, requestOf),
  );
}

/**
 * Returns the limits of a pod. A resource that a container does not limit counts as 0 for it.
 *
 * @throws InputError for a limit that is no quantity
 */
export function limitsOf(spec: PodSpecManifest): Resources {
  const names = allContainers(spec).flatMap(({ resources }) => Object.keys(resources?.limits ?? {}));
  return amounts(names, (name) =>
    largest(spec, name, ({ name: container, resources }) =>
      parseQuantity(resources?.limits?.[name] ?? 0, `container ${container}: limit of ${name}`),
    ),
  );
}

/** Returns the requests and limits that a container has; a limit without a request is the request too. */
export function resourcesOf(container: ContainerManifest): { requests: Resources; limits: Resources } {
  const { requests, limits } = container.resources ?? {};
  const limited = Object.entries(limits ?? {}).map(([name, amount]): [string, number] => [
    name,
    parseQuantity(amount, `container ${container.name}: limit of ${name}`),
  ]);
  const names = Object.keys({ ...limits, ...requests });
  return {
    requests: amounts(names, (name) => requestOf(container, name)),
    limits: Object.fromEntries(limited),
  };
}
