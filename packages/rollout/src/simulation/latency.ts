import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** Time constant with which the load of a machine decays, in seconds. */
const LOAD_SECONDS = 2;
/** Share of a latency's variance that all latencies of one moment have in common, 0 to 1. */
const SHARED_VARIANCE = 0.8;
/** Standard deviation of the logarithm of a request's latency that the load of the machine causes. */
const REQUEST_LOAD = 0.7;
/** Standard deviation of the logarithm of a request's latency by itself: a slow write to the disk of etcd. */
const REQUEST_TAIL = 0.7;

/**
 * Draws latencies from lognormal distributions. Latencies of one moment correlate, because they
 * wait for the same machines: the shared load follows an Ornstein-Uhlenbeck process.
 *
 * Requests and watches have a heavy tail: with a median of 5 ms, one in ten takes over 18 ms.
 */
export class Latency {
  #load: number | undefined;
  #at = 0;

  /** @param jitter standard deviation of the logarithm of a latency; 0 for no spread at all */
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly jitter: number,
  ) {}

  /** Draws the latency of work on a machine from its median, both in seconds. */
  draw(median: number): number {
    return this.#draw(
      median,
      this.jitter * Math.sqrt(SHARED_VARIANCE),
      this.jitter * Math.sqrt(1 - SHARED_VARIANCE),
    );
  }

  /** Draws the latency of a request or of a watch from its median, both in seconds. */
  drawRequest(median: number): number {
    return this.#draw(median, REQUEST_LOAD, REQUEST_TAIL);
  }

  #draw(median: number, byLoad: number, byItself: number): number {
    if (this.jitter === 0) return median;
    // Box-Muller: one radius and one angle give two independent normal numbers.
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
    const angle = 2 * Math.PI * this.random();
    const { now } = this.clock;
    const innovation = radius * Math.cos(angle);
    const kept = Math.exp((this.#at - now) / LOAD_SECONDS);
    const load =
      this.#load === undefined ? innovation : kept * this.#load + Math.sqrt(1 - kept * kept) * innovation;
    this.#load = load;
    this.#at = now;
    return median * Math.exp(byLoad * load + byItself * radius * Math.sin(angle));
  }
}
