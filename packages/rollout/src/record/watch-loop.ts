import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors/reason.ts';
import { apiVersionOf, urlPathOf, type ObjectKind } from '../rules/kinds.ts';
import { ApiError } from './api-error.ts';
import { isNamed, type KubernetesObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import type { LostWatch } from './gaps.ts';
import type { WatchEvent } from './recording.ts';

/** What to watch, and where to send the events. */
export interface WatchLoopOptions {
  readonly cluster: Pick<Cluster, 'request' | 'watch'>;
  readonly kind: ObjectKind;
  /** @default all namespaces */
  readonly namespace: string | undefined;
  /** Returns the time in seconds on a monotonic clock. */
  readonly now: () => number;
  readonly onEvent: (event: WatchEvent) => void;
  /** Called when a lost watch is back. */
  readonly onGap: (lost: LostWatch) => void;
  /** Ends the loop. */
  readonly signal: AbortSignal;
}

/** The server ends a watch after this time, and the loop resumes it without a loss. */
const WATCH_SECONDS = 240;
/** The server sends a bookmark every minute: a watch without any event for longer is dead. */
const SILENCE_MS = 90_000;
const RETRY_MS = { first: 50, max: 1000 };
const GONE = 410;

/**
 * Lists and watches the objects of one kind until it is aborted. A watch that ends resumes at its resource
 * version. If the server no longer has that version, the loop lists again and reports the differences as events.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class WatchLoop {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #path: string;
  #version = '';
  #lost: { at: number; why: string } | undefined;

  constructor(private readonly options: WatchLoopOptions) {
    this.#path = urlPathOf(options.kind, options.namespace);
  }

  /** Returns the objects that exist, as they were last seen. */
  get objects(): Iterable<KubernetesObject> {
    return this.#objects.values();
  }

  get kind(): ObjectKind {
    return this.options.kind;
  }

  /** Returns when and why the watch was lost; undefined while it works. */
  get lost(): { readonly at: number; readonly why: string } | undefined {
    return this.#lost;
  }

  /**
   * Lists once and starts to watch.
   *
   * @throws ApiError if the API server rejects the request or cannot be reached
   */
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
        this.#lost ??= { at: now(), why: messageOf(error) };
        if (error instanceof ApiError && error.status === GONE) this.#version = '';
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, RETRY_MS.max);
    }
  }

  /** Watches until the watch ends. @returns whether it ended without a loss */
  async #watch(onOpen: () => void): Promise<boolean> {
    const { cluster, signal, now } = this.options;
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
    onOpen();
    this.#reportGap(now(), 'resumed where it ended, events came late');
    signal.addEventListener('abort', watch.abort, { once: true });
    const why = await watch.ended;
    clearTimeout(silence);
    signal.removeEventListener('abort', watch.abort);
    return signal.aborted || (!why && (this.#version === '' || now() - begun > WATCH_SECONDS - 1));
  }

  async #list(): Promise<void> {
    const { cluster, kind, now } = this.options;
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
      if (known && known.metadata.resourceVersion === object.metadata.resourceVersion) continue;
      this.#emit(at, known ? 'MODIFIED' : 'ADDED', object);
    }
    for (const [uid, object] of this.#objects) if (!seen.has(uid)) this.#emit(at, 'DELETED', object);
    this.#version = list.metadata?.resourceVersion ?? '';
    this.#reportGap(at, 'started again from a list, states in between may be missing');
  }

  #receive(type: string, object: unknown): void {
    if (type === 'ERROR') {
      const { code } = Object(object) as { code?: number };
      if (code === GONE || code === undefined) this.#version = '';
      this.#lost ??= { at: this.options.now(), why: 'the API server no longer had the resource version' };
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
      this.#emit(this.options.now(), type, object);
    }
  }

  #emit(at: number, type: WatchEvent['type'], object: KubernetesObject): void {
    if (type === 'DELETED') this.#objects.delete(object.metadata.uid);
    else this.#objects.set(object.metadata.uid, object);
    this.options.onEvent({ at, type, object });
  }

  #reportGap(to: number, recovery: string): void {
    if (!this.#lost) return;
    const { at: from, why } = this.#lost;
    this.options.onGap({ from, to, kind: this.options.kind, why: `${why}; ${recovery}` });
    this.#lost = undefined;
  }
}
