import { COST } from './api-server.ts';
import type { World } from './world.ts';

/**
 * The status managers of the kubelets: each writes one status at a time, a read and a patch. Statuses of
 * pods that become ready together are therefore written one after another.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/status/status_manager.go `syncPod`
 */
export class StatusManager {
  /** When the last status is written, by node. */
  readonly #freeAt: number[] = [];

  constructor(private readonly world: World) {}

  /** Writes a status of a pod on a node, once the pod's worker has it. */
  write(node: number, from: number, task: () => void): void {
    const { clock, api, timings } = this.world;
    clock.at(from, () => {
      const free = Math.max(clock.now, this.#freeAt[node] ?? 0);
      const read = free + this.world.drawRequest(timings.status);
      const end = Math.max(read, clock.now + api.occupy(COST.update)) + this.world.drawRequest(timings.write);
      this.#freeAt[node] = end;
      clock.at(end, task);
    });
  }
}
