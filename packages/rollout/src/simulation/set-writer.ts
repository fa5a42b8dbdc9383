import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { COST } from './api-server.ts';
import { resolveLimits } from './deployment-plan.ts';
import type { ReplicaSetObject } from './model.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { SetUpdate, World } from './world.ts';

/** Receives the version after a write; undefined after a conflict, when nothing was written. */
type OnWritten = (version: number | undefined) => void;

/** Writes ReplicaSets for the Deployment controller. */
export class SetWriter {
  constructor(
    private readonly world: World,
    private readonly limiter: RateLimiter,
  ) {}

  /** Runs a task after the latency of one request. */
  request(task: () => void, cost: number = COST.update): void {
    this.world.api.write(this.limiter, cost, task);
  }

  /**
   * Creates a ReplicaSet for a Deployment's template.
   *
   * @param done receives false when a ReplicaSet of this template exists that the cache does not have yet
   */
  create(spec: WorkloadSpec, size: number, done: (created: boolean) => void): void {
    const { template, minReadySeconds, replicas } = spec;
    this.request(() => {
      if (this.world.sets.some((set) => set.template.key === template.key)) {
        done(false);
        return;
      }
      const max = replicas + resolveLimits(spec).surge;
      const set = this.world.createSet(template, { replicas: size, minReadySeconds, desired: replicas, max });
      if (size > 0) this.#recordScaling(`Scaled up replica set ${set.name} to ${size}`);
      done(true);
    }, COST.create);
  }

  /** Scales a ReplicaSet of a known version, with its annotations. */
  scale(
    spec: WorkloadSpec,
    set: ReplicaSetObject,
    version: number | undefined,
    to: number,
    done: OnWritten,
  ): void {
    const { replicas } = spec;
    const from = set.stored.replicas;
    const max = replicas + resolveLimits(spec).surge;
    this.write(set, version, { replicas: to, desired: replicas, max }, (written) => {
      if (written !== undefined && to !== from) {
        const direction = to > from ? 'up' : 'down';
        this.#recordScaling(`Scaled ${direction} replica set ${set.name} to ${to} from ${from}`);
      }
      done(written);
    });
  }

  /** Updates a ReplicaSet if it still has the known version. */
  write(set: ReplicaSetObject, version: number | undefined, update: SetUpdate, done: OnWritten): void {
    this.request(() => {
      if (set.stored.version !== version) {
        done(undefined);
        return;
      }
      this.world.updateSet(set, update);
      done(set.stored.version);
    });
  }

  #recordScaling(message: string): void {
    this.world.api.occupy(COST.create);
    this.world.ledger.event('Deployment', this.world.spec.name, 'ScalingReplicaSet', message);
  }
}
