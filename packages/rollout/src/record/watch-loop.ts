import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error';
import type { Cluster } from './cluster';
import type { Missing } from './gaps';
import { isNamed, type KubernetesObject } from './objects';
import type { Observation } from './recording';
import { apiVersionOf, pathOf, type Kind } from './resources';

export interface WatchLoopOptions {
  readonly cluster: Pick<Cluster, 'request' | 'watch'>;
  readonly kind: Kind;
  /** @default all */
  readonly namespace: string | undefined;
  /** Seconds on the steady clock. */
  readonly now: () => number;
  readonly observe: (observation: Observation) => void;
  /** The watch was away, and is back. */
  readonly missed: (missing: Missing) => void;
  readonly signal: AbortSignal;
}

/** The server ends a watch after this, and it goes on without a loss: it bounds how long a dead one is believed. */
const WATCH_SECONDS = 240;
/** Bookmarks come every minute: a watch that is silent for longer is dead, though nobody said so. */
const SILENCE_MS = 90_000;
const RETRY_MS = { first: 50, most: 1000 };
const GONE = 410;

/**
 * Lists and watches one kind of object, for ever: a watch that ends is taken up
 * where it was, and where the server no longer knows that point, from a new list,
 * whose differences are told as if they had been watched.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class WatchLoop {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #path: string;
  #version = '';
  /** Since when the watch is away, and why. */
  #lost: { at: number; why: string } | undefined;

  constructor(private readonly options: WatchLoopOptions) {
    this.#path = pathOf(options.kind, options.namespace);
  }

  /** What exists, as last seen. */
  get objects(): Iterable<KubernetesObject> {
    return this.#objects.values();
  }

  get kind(): Kind {
    return this.options.kind;
  }

  /** Since when the watch is away, if it is. */
  get lost(): { readonly at: number; readonly why: string } | undefined {
    return this.#lost;
  }

  /** Lists once. @throws ApiError where the server refuses or cannot be reached */
  async start(): Promise<void> {
    await this.#list();
    void this.#run();
  }

  async #run(): Promise<void> {
    const { signal, now } = this.options;
    let wait = RETRY_MS.first;
    while (!signal.aborted) {
      try {
        if (this.#version === '') await this.#list();
        const clean = await this.#watch(() => (wait = RETRY_MS.first));
        if (clean) continue;
        this.#lost ??= { at: now(), why: 'the watch was cut' };
      } catch (error) {
        this.#lost ??= { at: now(), why: error instanceof Error ? error.message : String(error) };
        if (error instanceof ApiError && error.status === GONE) this.#version = '';
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, RETRY_MS.most);
    }
  }

  async #watch(standing: () => void): Promise<boolean> {
    const { cluster, signal, now, missed, kind } = this.options;
    const query = {
      resourceVersion: this.#version,
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(WATCH_SECONDS),
    };
    const begun = now();
    const watch = await cluster.watch(this.#path, query, (type, object) => {
      silence.refresh();
      this.#receive(type, object);
    });
    const silence = setTimeout(watch.abort, SILENCE_MS);
    standing();
    if (this.#lost) {
      missed({
        from: this.#lost.at,
        to: now(),
        kind,
        why: `${this.#lost.why}; it went on from there, news came late`,
      });
      this.#lost = undefined;
    }
    signal.addEventListener('abort', watch.abort, { once: true });
    const why = await watch.ended;
    clearTimeout(silence);
    signal.removeEventListener('abort', watch.abort);
    return signal.aborted || (!why && (this.#version === '' || now() - begun > WATCH_SECONDS - 1));
  }

  async #list(): Promise<void> {
    const { cluster, kind, now, missed } = this.options;
    const list = Object(await cluster.request('GET', this.#path)) as {
      metadata?: { resourceVersion?: string };
      items?: unknown[];
    };
    const [at, seen] = [now(), new Set<string>()];
    for (const item of list.items ?? []) {
      const object = { apiVersion: apiVersionOf(kind), kind, ...Object(item) as object }; // prettier-ignore
      if (!isNamed(object)) continue;
      seen.add(object.metadata.uid);
      const known = this.#objects.get(object.metadata.uid);
      if (known?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
      this.#tell(at, known ? 'MODIFIED' : 'ADDED', object);
    }
    for (const [uid, object] of this.#objects) if (!seen.has(uid)) this.#tell(at, 'DELETED', object);
    this.#version = list.metadata?.resourceVersion ?? '';
    if (!this.#lost) return;
    const why = `${this.#lost.why}; taken up from a new list, states in between may be missing`;
    missed({ from: this.#lost.at, to: at, kind, why });
    this.#lost = undefined;
  }

  #receive(type: string, object: unknown): void {
    if (type === 'ERROR') {
      // what the server no longer remembers has to be listed
      const { code } = Object(object) as { code?: number };
      if (code === GONE || code === undefined) this.#version = '';
      this.#lost ??= { at: this.options.now(), why: 'the API server no longer knew where it was' };
      return;
    }
    if (type === 'BOOKMARK') {
      const { metadata } = Object(object) as { metadata?: { resourceVersion?: string } };
      this.#version = metadata?.resourceVersion ?? this.#version;
      return;
    }
    if (!isNamed(object)) return;
    this.#version = object.metadata.resourceVersion ?? this.#version;
    if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') {
      this.#tell(this.options.now(), type, object);
    }
  }

  #tell(at: number, type: Observation['type'], object: KubernetesObject): void {
    if (type === 'DELETED') this.#objects.delete(object.metadata.uid);
    else this.#objects.set(object.metadata.uid, object);
    this.options.observe({ at, type, object });
  }
}
