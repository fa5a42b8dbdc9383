import { RateLimiter } from '../simulation/rate-limiter.ts';
import type { ProcessLife } from '../simulation/process.ts';
import type { Timings } from '../simulation/timings.ts';
import type { Lane, PodState, Version } from '../timeline/timeline.ts';

/** A pod behind the Service. */
export interface Backend {
  readonly version: Version;
  readonly states: Lane['states'];
  /** The processes of the container that listens, in order of time. */
  readonly lives: readonly ProcessLife[];
}

/** The pods to which kube-proxy sends new connections, from a time on. */
export interface Rules {
  readonly at: number;
  readonly backends: readonly Backend[];
}

/** Conditions of an endpoint. A pod that is ready and terminating is still serving. */
type Endpoint = 'ready' | 'serving' | 'absent';

/** A write of the EndpointSlice controller. */
interface EndpointChange {
  readonly at: number;
  readonly backend: Backend;
  readonly endpoint: Endpoint;
}

/** Number of writes that kube-proxy makes at once, before the interval counts. */
const BURST_SYNCS = 2;

/**
 * Returns the endpoint of a pod.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.28.0/staging/src/k8s.io/endpointslice/utils.go `podToEndpoint`
 */
function endpointOf(state: PodState, before: PodState | undefined, publishesNotReady: boolean): Endpoint {
  if (state === 'ready' || (publishesNotReady && state !== 'gone')) return 'ready';
  return state === 'terminating' && before === 'ready' ? 'serving' : 'absent';
}

/** Returns what the EndpointSlice controller writes, in order of time. States of before the change are known. */
function endpointChanges(
  backends: readonly Backend[],
  publishesNotReady: boolean,
  delay: () => number,
): EndpointChange[] {
  const changes = backends.flatMap((backend) =>
    backend.states.flatMap(({ at, state }, index) => {
      if (state === 'pending') return []; // it has no address yet
      const endpoint = endpointOf(state, backend.states[index - 1]?.state, publishesNotReady);
      return [{ at: at < 0 ? -Infinity : at, backend, endpoint }];
    }),
  );
  let writtenAt = -Infinity;
  return changes
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map((change) => {
      writtenAt = Math.max(writtenAt, change.at + (change.at < 0 ? 0 : delay()));
      return { ...change, at: writtenAt };
    });
}

/** The endpoints that kube-proxy knows. */
class KnownEndpoints {
  readonly #ready = new Set<Backend>();
  readonly #serving = new Set<Backend>();

  /**
   * The usable endpoints: those that are ready; without any, those that serve while they terminate.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/proxy/topology.go `CategorizeEndpoints`
   */
  get usable(): Backend[] {
    return [...(this.#ready.size > 0 ? this.#ready : this.#serving)];
  }

  apply({ backend, endpoint }: EndpointChange): void {
    this.#ready.delete(backend);
    this.#serving.delete(backend);
    if (endpoint === 'ready') this.#ready.add(backend);
    if (endpoint === 'serving') this.#serving.add(backend);
  }
}

/**
 * Returns the rules of kube-proxy over time. It writes them at once, twice in a row, and then once per interval.
 *
 * Measured in docs/evidence and docs/evidence/soak: 2 to 130 ms from a change of readiness until requests follow, 30 ms
 * in the median; up to 0.7 s when several pods change within the interval (5-recreate).
 *
 * @param draw draws a latency from its median
 * @param publishesNotReady whether the Service sends to pods that are not ready
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/proxy/iptables/proxier.go `NewBoundedFrequencyRunner`
 */
export function followEndpoints(
  backends: readonly Backend[],
  { endpoints, proxy, proxyInterval }: Timings,
  draw: (median: number) => number,
  publishesNotReady = false,
): Rules[] {
  const changes = endpointChanges(backends, publishesNotReady, () => draw(endpoints));
  const limiter = new RateLimiter(1 / Math.max(proxyInterval, 1e-3), BURST_SYNCS);
  const known = new KnownEndpoints();
  const rules: Rules[] = [];
  let writtenAt = -Infinity;
  for (let index = 0; index < changes.length;) {
    const first = changes[index]?.at ?? Infinity;
    const syncedAt = first < 0 ? first : Math.max(writtenAt, first + limiter.reserve(first));
    for (let change; (change = changes[index]) && change.at <= syncedAt; index += 1) {
      known.apply(change);
    }
    writtenAt = syncedAt < 0 ? syncedAt : syncedAt + draw(proxy);
    rules.push({ at: writtenAt, backends: known.usable });
  }
  return rules;
}
