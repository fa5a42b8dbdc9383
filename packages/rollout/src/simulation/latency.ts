import type { Clock } from './clock';
import type { Random } from './random';

/** For how long a busy machine stays busy, in seconds. */
const LOAD_LASTS_SECONDS = 0.5;
/** The part of a latency's variance that all latencies of a moment share. */
const SHARED = 0.8;

/**
 * How latencies turn out: with long tails, and all of a moment longer or shorter
 * together, as they wait for the same machines.
 */
export class Latency {
  #load = 0;
  #at = 0;

  /** @param jitter the standard deviation of a latency's logarithm */
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly jitter: number,
  ) {}

  /** What takes so long in the median, as it turns out this time. */
  of(seconds: number): number {
    if (this.jitter === 0) return seconds;
    const { now } = this.clock;
    const kept = Math.exp((this.#at - now) / LOAD_LASTS_SECONDS);
    this.#load = kept * this.#load + Math.sqrt(1 - kept * kept) * this.#normal();
    this.#at = now;
    const deviation = Math.sqrt(SHARED) * this.#load + Math.sqrt(1 - SHARED) * this.#normal();
    return seconds * Math.exp(this.jitter * deviation);
  }

  #normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
    return radius * Math.cos(2 * Math.PI * this.random());
  }
}
