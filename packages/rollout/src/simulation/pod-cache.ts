import type { PodObject } from './model.ts';
import type { World } from './world.ts';

/** A pod as the watch of a controller delivered it last. */
export interface WatchedPod {
  readonly terminating: boolean;
  /** `lastTransitionTime` of the Ready condition; undefined for a pod that is not ready. */
  readonly readySince: number | undefined;
}

/** The pods that a controller knows from its watch. */
export class PodCache {
  readonly #pods = new Map<PodObject, WatchedPod>();

  /** @param changed is called after each event of a pod */
  constructor(world: World, changed: (becameReady: boolean, pod: PodObject, isNew: boolean) => void) {
    world.onPod((pod) => {
      const known = this.#pods.get(pod);
      this.#observe(pod);
      changed(pod.ready && known?.readySince === undefined, pod, known === undefined);
    });
  }

  get pods(): ReadonlyMap<PodObject, WatchedPod> {
    return this.#pods;
  }

  /** Reads the pods before the change. */
  adopt(pods: Iterable<PodObject>): void {
    for (const pod of pods) this.#observe(pod);
  }

  /** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/api/v1/pod/util.go `IsPodAvailable` */
  isAvailable(readySince: number | undefined, minReadySeconds: number, now: number): boolean {
    return readySince !== undefined && (minReadySeconds === 0 || readySince + minReadySeconds < now);
  }

  #observe(pod: PodObject): void {
    const { gone, deleting, ready, readySecond } = pod;
    if (gone) this.#pods.delete(pod);
    else this.#pods.set(pod, { terminating: deleting, readySince: ready ? readySecond : undefined });
  }
}
