import type { ProcessLife } from '../simulation/process.ts';
import type { Version } from '../timeline/timeline.ts';
import type { Backend, Rules } from './endpoints.ts';
import { KEPT_CONNECTIONS, type Connection } from './load-shape.ts';
import { meetNoProcess, meetProcess, runningAt, SERVICE_SECONDS, type Failure } from './process.ts';

/** A kept-alive connection that waits for its next request. */
interface Kept {
  readonly backend: Backend;
  readonly life: ProcessLife;
  /** When the answer of its last request was complete. */
  readonly freeAt: number;
}

/** What a request came to. */
interface Outcome {
  readonly failure: Failure;
  /** Version of the pod that it was sent to. */
  readonly version: Version;
}

/** Returns a number from 0 to 1 for each request, whether or not those before it are sent. splitmix32 */
function randomOf(seed: number, request: number): number {
  const state = (seed + Math.imul(request + 1, 0x9e3779b9)) | 0;
  const first = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  const second = Math.imul(first ^ (first >>> 15), 0x735a2d97);
  return ((second ^ (second >>> 15)) >>> 0) / 2 ** 32;
}

/** Returns the connection of a request: kept-alive and new ones in turn, as in a recording. */
export const connectionOf = (request: number): Connection => (request % 2 === 0 ? 'kept' : 'new');

const slotOf = (request: number): number => (request / 2) % KEPT_CONNECTIONS;

/** The client: sends each request on a kept-alive connection or on a new one. Requests are in order of time. */
export class Client {
  readonly #kept: (Kept | undefined)[] = Array.from({ length: KEPT_CONNECTIONS }, () => undefined);
  #rule = -1;

  constructor(
    private readonly rules: readonly Rules[],
    private readonly seed: number,
  ) {}

  /** Sends a request. */
  send(request: number, time: number): Outcome {
    const slot = connectionOf(request) === 'kept' ? slotOf(request) : undefined;
    const kept = slot === undefined ? undefined : this.#kept[slot];
    // The end of a process closes its connections; the client opens another one.
    if (kept && time >= kept.freeAt && time < kept.life.endedAt) {
      return this.#ask(kept.backend, kept.life, time, slot);
    }
    const backend = this.#choose(request, time);
    // Without an endpoint, kube-proxy rejects connections.
    if (!backend) return { failure: 'ECONNREFUSED', version: 'old' };
    const { version } = backend;
    const life = runningAt(backend, time);
    return life ? this.#ask(backend, life, time, slot) : { failure: meetNoProcess(backend, time), version };
  }

  /** Returns true or false if all requests at a time are answered or fail; undefined if some do. */
  foresee(time: number): boolean | undefined {
    const connections = this.#kept.filter((kept) => kept && kept.life.endedAt > time);
    const lives = this.#routed(time).map((backend) => runningAt(backend, time));
    const answers = (life: ProcessLife | undefined): boolean =>
      life !== undefined && meetProcess(life, time) === undefined;
    const all = [...lives, ...connections.map((kept) => kept?.life)];
    if (lives.length > 0 && all.every(answers)) return true;
    return all.some(answers) ? undefined : false;
  }

  /** Opens the kept-alive connections of requests that are all answered. */
  skip(from: number, to: number, timeOf: (request: number) => number): void {
    const last = Math.min(to, from + 2 * KEPT_CONNECTIONS);
    for (let request = from + (from % 2); request < last; request += 2) {
      const time = timeOf(request);
      const kept = this.#kept[slotOf(request)];
      if (!kept || kept.life.endedAt <= time) this.send(request, time);
    }
  }

  #routed(time: number): readonly Backend[] {
    while ((this.rules[this.#rule + 1]?.at ?? Infinity) <= time) this.#rule += 1;
    return this.rules[this.#rule]?.backends ?? [];
  }

  #choose(request: number, time: number): Backend | undefined {
    const backends = this.#routed(time);
    return backends[Math.floor(randomOf(this.seed, request) * backends.length)];
  }

  #ask(backend: Backend, life: ProcessLife, time: number, slot: number | undefined): Outcome {
    const failure = meetProcess(life, time);
    if (slot !== undefined) {
      this.#kept[slot] =
        failure === undefined ? { backend, life, freeAt: time + SERVICE_SECONDS } : undefined;
    }
    return { failure, version: backend.version };
  }
}
