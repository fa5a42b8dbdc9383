import { performance } from 'node:perf_hooks';
import type { Cluster } from './cluster';
import type { Recording, Observation } from './recording';
import type { Kind } from './resources';
import { WatchLoop } from './watch-loop';

export interface SessionOptions {
  /** The namespace to watch. @default all */
  readonly namespace?: string;
  /** Also watch the cluster's events. @default true */
  readonly events?: boolean;
}

/**
 * One watch of a cluster, shared by any number of recordings. Its clock is steady:
 * it counts seconds since the session began, whatever is done to the wall clock.
 */
export class Session {
  readonly #recordings = new Set<Recording>();
  readonly #abort = new AbortController();
  readonly #loops: readonly WatchLoop[];
  readonly #zero = performance.now();
  /** The wall clock's time, in seconds, when the session began. */
  readonly epoch = Date.now() / 1000;

  private constructor(
    readonly cluster: Cluster,
    { namespace, events = true }: SessionOptions,
  ) {
    const kinds: readonly Kind[] = ['Deployment', 'ReplicaSet', 'Pod', ...(events ? ['Event' as const] : [])];
    this.#loops = kinds.map(
      (kind) =>
        new WatchLoop({
          cluster,
          kind,
          namespace,
          now: () => this.now(),
          observe: (observation) => {
            for (const recording of this.#recordings) recording.observe(observation);
          },
          missed: (missing) => {
            for (const recording of this.#recordings) recording.missed(missing);
          },
          signal: this.#abort.signal,
        }),
    );
  }

  /** @throws ApiError where the API server refuses or cannot be reached */
  static async open(cluster: Cluster, options: SessionOptions = {}): Promise<Session> {
    const session = new Session(cluster, options);
    await Promise.all(session.#loops.map((loop) => loop.start()));
    return session;
  }

  /** Seconds since the session began. */
  now(): number {
    return (performance.now() - this.#zero) / 1000;
  }

  /** Why watches are away, if any are. */
  get away(): string[] {
    return [...new Set(this.#loops.flatMap(({ lost }) => lost?.why ?? []))];
  }

  /** Tells a recording what exists, and from then on what happens. @returns a way to leave off */
  follow(recording: Recording): () => void {
    for (const loop of this.#loops) {
      for (const object of loop.objects) {
        const observation: Observation = { at: recording.from, type: 'ADDED', object };
        if (object.kind !== 'Event') recording.observe(observation);
      }
    }
    this.#recordings.add(recording);
    return () => {
      if (!this.#recordings.delete(recording)) return;
      for (const { kind, lost } of this.#loops) {
        if (!lost) continue;
        const why = `${lost.why}; it had not come back at the end`;
        recording.missed({ from: lost.at, to: this.now(), kind, why });
      }
    };
  }

  /** Ends the watches. */
  close(): void {
    this.#abort.abort();
  }
}
