import type { PodObject } from './model.ts';

/** The ReplicaSet controller's cache of the pods of one ReplicaSet. */
export class ReplicaSetState {
  readonly active = new Set<PodObject>();
  readonly expectedDeletions = new Set<PodObject>();
  expectedCreations = 0;
  /** Number of active pods that are ready. */
  ready = 0;
  #available = 0;
  #minReadySeconds = 0;
  /** Pods in order of `readySecond`. The pods before `#next` are counted, so each is counted once. */
  #waiting: { pod: PodObject; since: number }[] = [];
  #next = 0;

  /** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils.go `SatisfiedExpectations` */
  get satisfied(): boolean {
    return this.expectedCreations <= 0 && this.expectedDeletions.size === 0;
  }

  /**
   * Copies the state of a pod into the cache.
   *
   * @returns true when the pod became ready
   */
  observe(pod: PodObject): boolean {
    const { cached } = pod;
    const active = !pod.deleting && !pod.gone;
    if (active && !cached.active) {
      this.expectedCreations -= 1;
      this.active.add(pod);
      cached.active = true;
    }
    if (!active) {
      this.expectedDeletions.delete(pod);
      this.active.delete(pod);
      if (cached.active && cached.ready) this.#discountReady(pod);
      cached.active = false;
    }
    const becameReady = active && pod.ready && !cached.ready;
    if (becameReady) {
      this.ready += 1;
      this.#waiting.push({ pod, since: pod.readySecond });
    } else if (active && !pod.ready && cached.ready) this.#discountReady(pod);
    cached.assigned = pod.node !== undefined;
    cached.running = pod.running;
    cached.ready = pod.ready;
    cached.readySecond = pod.readySecond;
    cached.restarts = pod.restarts;
    return becameReady;
  }

  /**
   * Returns the number of pods that have been ready for more than `minReadySeconds`.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/api/v1/pod/util.go `IsPodAvailable`
   */
  countAvailable(minReadySeconds: number, now: number): number {
    if (minReadySeconds === 0) return this.ready;
    if (minReadySeconds !== this.#minReadySeconds) this.#restartCount(minReadySeconds);
    const waiting = this.#waiting;
    for (; this.#next < waiting.length; this.#next += 1) {
      const entry = waiting[this.#next];
      if (!entry || entry.since + minReadySeconds >= now) break;
      const { cached } = entry.pod;
      if (!cached.active || !cached.ready || cached.available || cached.readySecond !== entry.since) continue;
      cached.available = true;
      this.#available += 1;
    }
    return this.#available;
  }

  /**
   * Returns when the next ready pod becomes available, after `countAvailable`; undefined if none waits.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/controller_utils.go `FindMinNextPodAvailabilityCheck`
   */
  get nextAvailableAt(): number | undefined {
    const next = this.#waiting[this.#next];
    return next && next.since + this.#minReadySeconds;
  }

  #discountReady(pod: PodObject): void {
    this.ready -= 1;
    if (pod.cached.available) this.#available -= 1;
    pod.cached.available = false;
  }

  #restartCount(minReadySeconds: number): void {
    this.#minReadySeconds = minReadySeconds;
    this.#available = 0;
    this.#next = 0;
    for (const { pod } of this.#waiting) pod.cached.available = false;
    this.#waiting = this.#waiting.filter(
      ({ pod, since }) => pod.cached.active && pod.cached.readySecond === since,
    );
  }
}
