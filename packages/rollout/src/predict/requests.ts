import { InputError } from '../errors/input-error.ts';
import type { ServiceSpec } from '../manifest/service.ts';
import { DEFAULT_RATE, LOAD_LEAD_SECONDS } from '../requests/load-shape.ts';
import { predictLoad } from '../requests/load.ts';
import { getVersion } from '../simulation/ledger.ts';
import type { PodObject } from '../simulation/model.ts';
import type { Timings } from '../simulation/timings.ts';
import type { Load } from '../timeline/observations.ts';

/** Largest number of requests a second. */
const MAX_RATE = 10_000;

/** How requests are predicted. Times are in seconds since the change. */
export interface RequestPlan {
  /** Requests a second; 0 for none. */
  readonly ratePerSecond: number;
  readonly service: ServiceSpec;
  readonly jitter: number;
  readonly timings: Timings;
}

/** @throws InputError for a rate that is no number from 0 to 10,000 */
export function rateOf(load: number = DEFAULT_RATE): number {
  if (load >= 0 && load <= MAX_RATE) return load;
  throw new InputError(`load is ${load}, expected requests a second from 0 to ${MAX_RATE}`);
}

/**
 * Returns what requests come to in one draw; undefined without load.
 *
 * @param isDetailed whether to send each request, or only to count those that fail
 */
export function requestsOf(
  pods: readonly PodObject[],
  { ratePerSecond, service, jitter, timings }: RequestPlan,
  seed: number,
  to: number,
  isDetailed: boolean,
): Load | undefined {
  if (ratePerSecond === 0) return undefined;
  const backends = pods
    .filter(({ template }) => service.selectsPodsOf(template))
    .map((pod) => ({ version: getVersion(pod), states: pod.states, lives: pod.lives }));
  return predictLoad(backends, {
    url: `http://${service.name}/`,
    ratePerSecond,
    from: -LOAD_LEAD_SECONDS,
    to,
    seed,
    jitter,
    timings,
    publishesNotReady: service.publishNotReadyAddresses,
    isDetailed,
  });
}
