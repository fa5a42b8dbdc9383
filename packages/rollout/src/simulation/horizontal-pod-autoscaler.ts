import type { Autoscaler } from '../manifest/surroundings.ts';
import { COST } from './api-server.ts';
import type { World } from './world.ts';

/** Seconds between two syncs: `kube-controller-manager --horizontal-pod-autoscaler-sync-period`. */
const SYNC_SECONDS = 15;

/**
 * Returns the replicas that an autoscaler keeps. 0 switches it off; between its bounds the metrics decide, which a
 * prediction takes as steady.
 *
 * With minReplicas 5 and maxReplicas 10: 1 becomes 5, 7 stays 7, 12 becomes 10.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/podautoscaler/horizontal.go `reconcileAutoscaler`
 */
export function boundReplicas(replicas: number, { minReplicas, maxReplicas }: Autoscaler): number {
  if (replicas === 0 && minReplicas !== 0) return 0;
  return Math.min(maxReplicas, Math.max(minReplicas, replicas));
}

/** The HorizontalPodAutoscaler of the workload: keeps its replicas within bounds. */
export class HorizontalPodAutoscaler {
  readonly #firstSync: number;
  #waiting = false;

  /** @param scale writes the replicas of the workload */
  constructor(
    private readonly world: World,
    private readonly autoscaler: Autoscaler,
    private readonly scale: (replicas: number) => void,
  ) {
    this.#firstSync = world.random() * SYNC_SECONDS;
  }

  /** True while the replicas are out of bounds. */
  get busy(): boolean {
    const { replicas } = this.world.spec;
    return boundReplicas(replicas, this.autoscaler) !== replicas;
  }

  /** Registers that the workload changed: the next sync brings its replicas back within bounds. */
  changed(): void {
    if (!this.busy || this.#waiting) return;
    this.#waiting = true;
    const { clock } = this.world;
    const syncs = Math.ceil((clock.now - this.#firstSync) / SYNC_SECONDS);
    clock.at(this.#firstSync + Math.max(0, syncs) * SYNC_SECONDS, () => {
      this.#waiting = false;
      this.#sync();
    });
  }

  #sync(): void {
    if (!this.busy) return;
    const { clock, spec, ledger } = this.world;
    const { name, minReplicas } = this.autoscaler;
    const replicas = boundReplicas(spec.replicas, this.autoscaler);
    const bound = spec.replicas < minReplicas ? 'below Spec.MinReplicas' : 'above Spec.MaxReplicas';
    clock.after(this.world.api.getSeconds(COST.update), () => {
      const reason = `New size: ${replicas}; reason: Current number of replicas ${bound}`;
      ledger.event('HorizontalPodAutoscaler', name, 'SuccessfulRescale', reason);
      this.scale(replicas);
    });
  }
}
