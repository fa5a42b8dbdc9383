import { performance } from 'node:perf_hooks';
import type { ObjectKind, WorkloadKind } from '../rules/kinds.ts';
import type { Cluster } from './cluster.ts';
import type { Recording, WatchEvent } from './recording.ts';
import { WatchLoop } from './watch-loop.ts';

/** What a session watches. */
export interface SessionOptions {
  /** Namespace to watch. @default all namespaces */
  readonly namespace?: string;
  /** Kind of the workloads to record. @default a Deployment, a ReplicaSet or a Pod */
  readonly kind?: WorkloadKind | undefined;
  /** Whether to watch Kubernetes events too. @default true */
  readonly events?: boolean;
}

/** Returns the kinds of the objects that decide which pods a workload has. */
const watchedKinds = (kind: WorkloadKind | undefined): readonly ObjectKind[] =>
  kind === 'StatefulSet' || kind === 'DaemonSet'
    ? [kind, 'ControllerRevision', 'Pod']
    : ['Deployment', 'ReplicaSet', 'Pod'];

/** A watch of a cluster that any number of recordings share. Its clock is monotonic. */
export class Session {
  readonly #recordings = new Set<Recording>();
  readonly #abort = new AbortController();
  readonly #loops: readonly WatchLoop[];
  readonly #zero = performance.now();
  /** Wall-clock time of second 0 of the session's clock, in seconds. */
  readonly epoch = Date.now() / 1000;

  private constructor(
    readonly cluster: Cluster,
    { namespace, kind, events = true }: SessionOptions,
  ) {
    const kinds: ObjectKind[] = [...watchedKinds(kind), ...(events ? (['Event'] as const) : [])];
    this.#loops = kinds.map(
      (each) =>
        new WatchLoop({
          cluster,
          kind: each,
          namespace,
          now: this.now,
          onEvent: (event) => {
            for (const recording of this.#recordings) recording.observe(event);
          },
          onGap: (lost) => {
            for (const recording of this.#recordings) recording.addGap(lost);
          },
          signal: this.#abort.signal,
        }),
    );
  }

  /**
   * Lists what exists and starts to watch.
   *
   * @throws ApiError if the API server rejects a request or cannot be reached
   */
  static async open(cluster: Cluster, options: SessionOptions = {}): Promise<Session> {
    const session = new Session(cluster, options);
    await Promise.all(session.#loops.map((loop) => loop.start()));
    return session;
  }

  /** Returns the seconds since the session began. */
  readonly now = (): number => (performance.now() - this.#zero) / 1000;

  /** Returns why watches are lost, if any are. */
  get lostReasons(): string[] {
    return [...new Set(this.#loops.flatMap(({ lost }) => lost?.why ?? []))];
  }

  /** Sends everything that exists, and then every event, to a recording. @returns a function that stops it */
  follow(recording: Recording): () => void {
    for (const loop of this.#loops) {
      for (const object of loop.objects) {
        const event: WatchEvent = { at: recording.from, type: 'ADDED', object };
        if (object.kind !== 'Event') recording.observe(event);
      }
    }
    this.#recordings.add(recording);
    return () => {
      if (!this.#recordings.delete(recording)) return;
      for (const { kind, lost } of this.#loops) {
        if (!lost) continue;
        const why = `${lost.why}; still lost at the end of the recording`;
        recording.addGap({ from: lost.at, to: this.now(), kind, why });
      }
    };
  }

  /** Ends the watches. */
  close(): void {
    this.#abort.abort();
  }
}
