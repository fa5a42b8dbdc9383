import type { WorkloadSpec } from '../manifest/workload-spec';
import { wantedOf } from './deployment-plan';
import type { ReplicaSetObject } from './objects';
import type { RateLimiter } from './rate-limiter';
import type { Revisions } from './revisions';
import type { SetUpdate, World } from './world';

/** Told the version after the write; undefined where the object had changed meanwhile, and nothing was written. */
type Written = (version: number | undefined) => void;

/** What the Deployment controller writes to ReplicaSets. */
export class SetWriter {
  constructor(
    private readonly world: World,
    private readonly limiter: RateLimiter,
    private readonly revisions: Revisions,
  ) {}

  /** Does something after a request's time. */
  after(task: () => void): void {
    this.world.write(this.limiter, task);
  }

  /** @param done told false where there is one of this template already, which the cache does not have yet */
  create(spec: WorkloadSpec, size: number, done: (created: boolean) => void): void {
    const { template, minReadySeconds, replicas } = spec;
    this.after(() => {
      if (this.world.sets.some((set) => set.template.key === template.key)) {
        done(false);
        return;
      }
      const max = replicas + wantedOf(spec).surge;
      const fields = { replicas: size, minReadySeconds, desired: replicas, max };
      const set = this.world.createSet(template, this.revisions.of(template), fields);
      if (size > 0) this.#scaled(`Scaled up replica set ${set.name} to ${size}`);
      done(true);
    });
  }

  scale(
    spec: WorkloadSpec,
    set: ReplicaSetObject,
    version: number | undefined,
    to: number,
    done: Written,
  ): void {
    const { replicas } = spec;
    const from = set.now.replicas;
    const max = replicas + wantedOf(spec).surge;
    this.write(set, version, { replicas: to, desired: replicas, max }, (written) => {
      if (written !== undefined && to !== from) {
        this.#scaled(`Scaled ${to > from ? 'up' : 'down'} replica set ${set.name} to ${to} from ${from}`);
      }
      done(written);
    });
  }

  write(set: ReplicaSetObject, version: number | undefined, update: SetUpdate, done: Written): void {
    this.after(() => {
      if (set.now.version !== version) {
        done(undefined);
        return;
      }
      this.world.updateSet(set, update);
      done(set.now.version);
    });
  }

  #scaled(message: string): void {
    this.world.ledger.event('Deployment', this.world.spec.name, 'ScalingReplicaSet', message);
  }
}
