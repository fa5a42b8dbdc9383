import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** Time constant with which the load of a machine decays, in seconds. */
const LOAD_SECONDS = 0.5;
/** Share of a latency's variance that all latencies of one moment have in common, 0 to 1. */
const SHARED_VARIANCE = 0.8;

/**
 * Draws latencies from a lognormal distribution. Latencies of one moment correlate, because they
 * wait for the same machines: the shared load follows an Ornstein-Uhlenbeck process.
 */
export class Latency {
  #load = 0;
  #at = 0;

  /** @param jitter standard deviation of the logarithm of a latency; 0 for none */
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly jitter: number,
  ) {}

  /** Draws a latency from its median, both in seconds. */
  draw(median: number): number {
    if (this.jitter === 0) return median;
    const { now } = this.clock;
    const kept = Math.exp((this.#at - now) / LOAD_SECONDS);
    this.#load = kept * this.#load + Math.sqrt(1 - kept * kept) * this.#drawNormal();
    this.#at = now;
    const deviation =
      Math.sqrt(SHARED_VARIANCE) * this.#load + Math.sqrt(1 - SHARED_VARIANCE) * this.#drawNormal();
    return median * Math.exp(this.jitter * deviation);
  }

  /** Draws from the standard normal distribution (Box-Muller). */
  #drawNormal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
    return radius * Math.cos(2 * Math.PI * this.random());
  }
}
