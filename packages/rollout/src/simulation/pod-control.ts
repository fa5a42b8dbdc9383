import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { Admission } from './admission.ts';
import { COST } from './api-server.ts';
import type { PodSlot, ReplicaSetObject } from './model.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

const SLOW_START_INITIAL_BATCH_SIZE = 1;

/** The requests of one controller about its pods, within the rate limit of its client. */
export class PodControl {
  readonly #limiter: RateLimiter;

  constructor(
    private readonly world: World,
    private readonly admission: Admission,
  ) {
    const { controllerQps, controllerBurst } = world.timings;
    this.#limiter = new RateLimiter(controllerQps, controllerBurst);
  }

  /** Sends one write and runs the task when it is stored. */
  request(cost: number, task: () => void): void {
    this.world.api.write(this.#limiter, cost, task);
  }

  /** Sends requests in parallel, each with its event, and then runs a task. */
  requestAll(count: number, cost: number, each: (index: number) => void, then: () => void): void {
    let left = count;
    if (left === 0) then();
    for (let index = 0; index < count; index += 1) {
      this.request(cost, () => {
        this.world.api.occupy(COST.create); // the event SuccessfulCreate or SuccessfulDelete
        each(index);
        left -= 1;
        if (left === 0) then();
      });
    }
  }

  /**
   * Sends requests in batches of 1, 2, 4, 8 and so on: 10 requests in batches of 1, 2, 4 and 3. A batch with a
   * failure is the last one.
   *
   * @param each returns false for a failure
   * @param then receives the number of requests that failed or were not sent
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/replicaset/replica_set.go `slowStartBatch`
   */
  requestInBatches(
    count: number,
    cost: number,
    each: (index: number) => boolean,
    then: (missed: number) => void,
  ): void {
    const batch = (size: number, from: number): void => {
      if (size === 0) {
        then(0);
        return;
      }
      let failed = 0;
      const one = (index: number): void => {
        if (!each(from + index)) failed += 1;
      };
      const next = from + size;
      this.requestAll(size, cost, one, () => {
        if (failed === 0) batch(Math.min(2 * size, count - next), next);
        else then(failed + count - next);
      });
    };
    batch(Math.min(SLOW_START_INITIAL_BATCH_SIZE, count), 0);
  }

  /** Creates a pod; false if the API server refuses it. */
  createPod(
    template: PodTemplate,
    { kind, name }: { readonly kind: string; readonly name: string },
    owner?: ReplicaSetObject,
    slot?: PodSlot,
  ): boolean {
    const why = this.admission.findRefusal(template, this.world.pods);
    if (why === undefined) this.world.createPod(template, owner, slot);
    else {
      const message = `Error creating: pods "${name}-${slot?.ordinal ?? ''}" is forbidden: ${why}`;
      this.world.ledger.event(kind, name, 'FailedCreate', message, 'Warning');
    }
    return why === undefined;
  }
}
