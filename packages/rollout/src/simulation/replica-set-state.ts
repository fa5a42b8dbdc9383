import type { PodObject } from './objects';

/** What the ReplicaSet controller knows of one ReplicaSet's pods, kept up to date pod by pod. */
export class ReplicaSetState {
  readonly active = new Set<PodObject>();
  readonly expectedDeletions = new Set<PodObject>();
  expectedCreations = 0;
  ready = 0;
  #available = 0;
  #minReadySeconds = 0;
  /** In order of becoming ready, so that those available are found from the front. */
  #waiting: { pod: PodObject; since: number }[] = [];
  #next = 0;

  /** Whether all that it did has been seen to have happened. */
  get satisfied(): boolean {
    return this.expectedCreations <= 0 && this.expectedDeletions.size === 0;
  }

  /** @returns whether the pod became ready */
  observe(pod: PodObject): boolean {
    const { seen } = pod;
    const active = !pod.deleting && !pod.gone;
    if (active && !seen.active) {
      this.expectedCreations -= 1;
      this.active.add(pod);
      seen.active = true;
    }
    if (!active) {
      this.expectedDeletions.delete(pod);
      this.active.delete(pod);
      if (seen.active && seen.ready) this.#unready(pod);
      seen.active = false;
    }
    const becameReady = active && pod.ready && !seen.ready;
    if (becameReady) {
      this.ready += 1;
      this.#waiting.push({ pod, since: pod.readySecond });
    } else if (active && !pod.ready && seen.ready) this.#unready(pod);
    seen.assigned = pod.node !== undefined;
    seen.running = pod.running;
    seen.ready = pod.ready;
    seen.readySecond = pod.readySecond;
    seen.restarts = pod.restarts;
    return becameReady;
  }

  /** How many pods have been ready for long enough. */
  available(minReadySeconds: number, now: number): number {
    if (minReadySeconds === 0) return this.ready;
    if (minReadySeconds !== this.#minReadySeconds) this.#recount(minReadySeconds);
    const waiting = this.#waiting;
    for (; this.#next < waiting.length; this.#next += 1) {
      const entry = waiting[this.#next];
      if (!entry || entry.since + minReadySeconds >= now) break;
      const { seen } = entry.pod;
      if (!seen.active || !seen.ready || seen.available || seen.readySecond !== entry.since) continue;
      seen.available = true;
      this.#available += 1;
    }
    return this.#available;
  }

  #unready(pod: PodObject): void {
    this.ready -= 1;
    if (pod.seen.available) this.#available -= 1;
    pod.seen.available = false;
  }

  #recount(minReadySeconds: number): void {
    this.#minReadySeconds = minReadySeconds;
    this.#available = 0;
    this.#next = 0;
    for (const { pod } of this.#waiting) pod.seen.available = false;
    this.#waiting = this.#waiting.filter(
      ({ pod, since }) => pod.seen.active && pod.seen.readySecond === since,
    );
  }
}
