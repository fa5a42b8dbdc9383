import { COST } from './api-server.ts';
import type { DisruptionBudgets } from './disruption-budgets.ts';
import type { PodObject } from './model.ts';
import type { NodePool } from './node-pool.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

/** Time from a refused eviction to the next try. */
const EVICT_ERROR_RETRY_SECONDS = 5;
/** Rate limit of kubectl, in requests per second, and its burst. */
const KUBECTL_QPS = 50;
const KUBECTL_BURST = 300;

/**
 * `kubectl drain`: cordons a node and evicts its pods, all at once. A pod whose budget refuses the eviction is
 * tried again every 5 s, for ever.
 *
 * @see https://github.com/kubernetes/kubectl/blob/v0.37.0/pkg/drain/drain.go `evictPods`
 */
export class Drain {
  readonly #limiter = new RateLimiter(KUBECTL_QPS, KUBECTL_BURST);
  /** The pods that are to be evicted and still exist. */
  readonly #left = new Set<PodObject>();
  #starting = 0;
  #refusal: string | undefined;

  constructor(
    private readonly world: World,
    private readonly nodes: NodePool,
    private readonly budgets: DisruptionBudgets,
  ) {
    world.onPod((pod) => { if (pod.gone) this.#left.delete(pod); }); // prettier-ignore
  }

  /** True while a pod is to be evicted, or terminates. */
  get busy(): boolean {
    return this.#starting > 0 || this.#left.size > 0;
  }

  /** Why the drain waits; undefined when it does not. */
  get waitsFor(): string | undefined {
    return this.busy ? this.#refusal : undefined;
  }

  /** Drains a node. */
  start(node: number): void {
    const { api, pods } = this.world;
    this.#starting += 1;
    api.write(this.#limiter, COST.update, () => {
      this.#starting -= 1;
      this.nodes.cordon(node);
      for (const pod of pods) {
        if (pod.node !== node) continue;
        this.#left.add(pod);
        this.#evict(pod);
      }
    });
  }

  #evict(pod: PodObject): void {
    const { api, clock, ledger } = this.world;
    // The budget's status is updated, then the pod is deleted.
    api.write(this.#limiter, COST.update + COST.delete, () => {
      if (pod.gone || pod.deleting) return;
      const refusal = this.budgets.findRefusal(pod);
      this.#refusal = refusal?.message;
      if (!refusal) {
        this.world.deletePod(pod);
        return;
      }
      ledger.event('Pod', pod.name, 'EvictionRefused', refusal.message, 'Warning');
      if (refusal.retry)
        clock.after(EVICT_ERROR_RETRY_SECONDS, () => { this.#evict(pod); }); // prettier-ignore
      else this.#left.delete(pod);
    });
  }
}
