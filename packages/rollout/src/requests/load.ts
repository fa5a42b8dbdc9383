import { createRandom } from '../simulation/random.ts';
import type { Timings } from '../simulation/timings.ts';
import type { Load } from '../timeline/observations.ts';
import { toMillisecond } from '../timeline/timeline.ts';
import { Client, connectionOf } from './client.ts';
import { followEndpoints, type Backend, type Rules } from './endpoints.ts';
import { CONNECTIONS, MAX_FAILURES } from './load-shape.ts';
import { SERVICE_SECONDS, type Failure } from './process.ts';
import { findOutages } from './spans.ts';

/** The load of a prediction. Times are in seconds since the change. */
export interface LoadPlan {
  readonly url: string;
  readonly ratePerSecond: number;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** Standard deviation of the logarithm of a latency; 0 for no spread. */
  readonly jitter: number;
  readonly timings: Timings;
  /** Whether the Service sends to pods that are not ready. @default false */
  readonly publishesNotReady?: boolean;
  /** Whether to send each request; else only the failed ones are counted, and one of each row of them is listed. */
  readonly isDetailed: boolean;
}

/** Standard deviation of the logarithm of the latencies of the EndpointSlice controller and of kube-proxy. */
const LATENCY_SPREAD = 1;
/** Keeps the random numbers of requests apart from those of the simulation, which has the same seed. */
const SEED_OF_REQUESTS = 0x5eed;
/** Number of requests that are sent one by one before the client looks ahead again. */
const LOOK_AHEAD = 32;

/** Draws latencies around their medians. */
function latencies(seed: number, jitter: number): (median: number) => number {
  const random = createRandom(seed);
  return (median) => {
    if (jitter === 0) return median;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return median * Math.exp(LATENCY_SPREAD * normal);
  };
}

/** Collects what requests come to. */
class Tally {
  failed = 0;
  readonly seconds: Load['seconds'] = [];
  readonly failures: Load['failures'] = [];

  /** Lists a failed request. */
  fail(request: number, time: number, failure: NonNullable<Failure>): void {
    if (this.failures.length >= MAX_FAILURES) return;
    const error = `${failure} (${CONNECTIONS[connectionOf(request)]})`;
    this.failures.push({ at: toMillisecond(time), error });
  }

  /** Returns the second of a time. */
  second(time: number): Load['seconds'][number] {
    const at = Math.floor(time);
    const last = this.seconds.at(-1);
    if (last?.at === at) return last;
    const second = { at, answered: {}, failed: 0 };
    this.seconds.push(second);
    return second;
  }
}

type TimeOf = (request: number) => number;

function sendAll(client: Client, sent: number, timeOf: TimeOf): Tally {
  const tally = new Tally();
  for (let request = 0; request < sent; request += 1) {
    const time = timeOf(request);
    const { failure, version } = client.send(request, time);
    const second = tally.second(time);
    if (failure === undefined) second.answered[version] = (second.answered[version] ?? 0) + 1;
    else {
      tally.failed += 1;
      tally.fail(request, time, failure);
      second.failed += 1;
      second.causes ??= {};
      second.causes[failure] = (second.causes[failure] ?? 0) + 1;
    }
  }
  return tally;
}

/** Returns the times at which requests may begin to be answered or to fail, in order. */
function turningPoints(rules: readonly Rules[], backends: readonly Backend[]): number[] {
  const ofLives = backends.flatMap(({ lives }) =>
    lives.flatMap(({ startedAt, listensAt, hangsAt, endedAt }) => [
      startedAt,
      listensAt,
      hangsAt - SERVICE_SECONDS,
      endedAt - SERVICE_SECONDS,
      endedAt,
    ]),
  );
  return [...rules.map(({ at }) => at), ...ofLives].filter(Number.isFinite).sort((a, b) => a - b);
}

/** Counts failed requests without sending those that are known to be answered or to fail. */
function countFailed(client: Client, sent: number, timeOf: TimeOf, turns: readonly number[]): Tally {
  const tally = new Tally();
  let turn = 0;
  for (let request = 0; request < sent;) {
    const time = timeOf(request);
    while ((turns[turn] ?? Infinity) <= time) turn += 1;
    const next = turns[turn] ?? Infinity;
    const fate = client.foresee(time);
    let last = request + 1;
    if (fate === undefined) last = Math.min(sent, request + LOOK_AHEAD);
    else if (next === Infinity) last = sent;
    else last = Math.min(sent, Math.max(last, findRequest(next, request, sent, timeOf)));
    if (fate === true) client.skip(request, last, timeOf);
    else if (fate === false) {
      const { failure } = client.send(request, time);
      if (failure !== undefined) tally.fail(request, time, failure);
      tally.failed += last - request;
    } else
      for (let each = request; each < last; each += 1) {
        const { failure } = client.send(each, timeOf(each));
        if (failure === undefined) continue;
        tally.failed += 1;
        tally.fail(each, timeOf(each), failure);
      }
    request = last;
  }
  return tally;
}

/** Returns the first request at or after a time, by bisection. */
function findRequest(time: number, from: number, to: number, timeOf: TimeOf): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (timeOf(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns what requests to a Service in front of the pods come to. */
export function predictLoad(backends: readonly Backend[], plan: LoadPlan): Load {
  const { url, ratePerSecond, from, to, jitter, timings, isDetailed } = plan;
  const seed = plan.seed ^ SEED_OF_REQUESTS;
  const rules = followEndpoints(backends, timings, latencies(seed, jitter), plan.publishesNotReady);
  const client = new Client(rules, seed);
  const sent = Math.max(0, Math.floor((to - from) * ratePerSecond));
  const timeOf = (request: number): number => from + (request + 1) / ratePerSecond;
  const { failed, seconds, failures } = isDetailed
    ? sendAll(client, sent, timeOf)
    : countFailed(client, sent, timeOf, turningPoints(rules, backends));
  const outages = findOutages(rules, { from: 0, to }).map((span) => ({
    from: toMillisecond(span.from),
    to: toMillisecond(span.to),
  }));
  return { url, ratePerSecond, sent, answered: sent - failed, failed, seconds, outages, failures };
}
