import type { DisruptionBudget } from '../manifest/surroundings.ts';
import type { PodObject } from './model.ts';
import type { World } from './world.ts';

/** Why an eviction is refused. */
export interface EvictionRefusal {
  readonly message: string;
  /** True when the client tries again. */
  readonly retry: boolean;
}

/** Returns the healthy pods that a budget asks for. Percentages are rounded up. */
function desiredHealthy({ minAvailable, maxUnavailable }: DisruptionBudget, replicas: number): number {
  const scaled = (value: number | string): number =>
    typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * replicas) / 100);
  if (maxUnavailable !== undefined) return Math.max(0, replicas - scaled(maxUnavailable));
  return scaled(minAvailable ?? 0);
}

/**
 * The budgets of the workload's pods, as the eviction API applies them.
 *
 * The disruption controller is taken to have counted the pods by then: it needs milliseconds.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/registry/core/pod/storage/eviction.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/disruption/disruption.go `getExpectedPodCount`
 */
export class DisruptionBudgets {
  constructor(
    private readonly world: World,
    private readonly budgets: readonly DisruptionBudget[],
  ) {}

  /** Returns why a pod must not be evicted now; undefined when it may be. */
  findRefusal(pod: PodObject): EvictionRefusal | undefined {
    // A pod that is pending disrupts nothing.
    if (!pod.running) return undefined;
    const selecting = this.budgets.filter(({ selects }) => selects(pod.template.placement.labels));
    const [budget, another] = selecting;
    if (!budget) return undefined;
    if (another) {
      const message =
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
      return { message, retry: false };
    }
    const { desired, healthy } = this.#count(budget);
    const isSpare = !pod.ready && (budget.alwaysAllow || (healthy >= desired && desired > 0));
    if (isSpare || healthy > desired) return undefined;
    return {
      message: `Cannot evict pod as it would violate the pod's disruption budget. The disruption budget ${budget.name} needs ${desired} healthy pods and has ${healthy} currently`,
      retry: true,
    };
  }

  #count(budget: DisruptionBudget): { readonly desired: number; readonly healthy: number } {
    const { pods, spec } = this.world;
    let healthy = 0;
    for (const { template, ready, deleting } of pods) {
      if (ready && !deleting && budget.selects(template.placement.labels)) healthy += 1;
    }
    return { desired: desiredHealthy(budget, spec.replicas), healthy };
  }
}
