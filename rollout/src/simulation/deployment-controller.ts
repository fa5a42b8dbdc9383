import { planOf, wantedOf, type Fleet, type Plan } from './deployment-plan';
import type { ReplicaSetObject } from './objects';
import { Progress, type DeploymentStatus } from './progress';
import { RateLimiter } from './rate-limiter';
import type { Revisions } from './revisions';
import { WorkQueue } from './work-queue';
import type { World } from './world';

type Done = (succeeded: boolean) => void;

const KEY = 'deployment';

/**
 * Moves a Deployment from its old ReplicaSets to the one of its template. It acts on
 * what its cache tells of them, and a write to one that has changed meanwhile fails.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/deployment_controller.go
 */
export class DeploymentController {
  readonly #queue: WorkQueue<string>;
  readonly #limiter: RateLimiter;
  readonly #progress = new Progress();
  #status: DeploymentStatus;
  /** The Deployment as its cache holds it. */
  #spec;

  constructor(
    private readonly world: World,
    private readonly revisions: Revisions,
  ) {
    const { clock, timings, spec } = world;
    const { replicas } = spec;
    this.#spec = spec;
    this.#status = { replicas, updated: replicas, ready: replicas, available: replicas };
    this.#limiter = new RateLimiter(timings.controllerQps, timings.controllerBurst);
    this.#queue = new WorkQueue(clock, (_key, done) => { this.#sync(done); }); // prettier-ignore
    world.onSet(() => { this.#queue.add(KEY); }); // prettier-ignore
    world.onPod((pod) => {
      // only Recreate waits for pods to be gone
      if (pod.gone && this.#spec.strategy.type === 'Recreate' && world.pods.size === 0) this.#queue.add(KEY);
    });
  }

  /** Whether its progress deadline has been exceeded. */
  get stalled(): boolean {
    return this.#progress.reason === 'ProgressDeadlineExceeded';
  }

  /** The Deployment itself has changed. */
  specChanged(): void {
    this.world.clock.after(this.world.wait(this.world.timings.watch), () => {
      this.#spec = this.world.spec;
      this.#queue.add(KEY);
    });
  }

  #sync(done: Done): void {
    const sets = this.world.sets.filter(({ seen }) => seen !== undefined);
    const { template, minReadySeconds } = this.#spec;
    const newIndex = sets.findIndex((set) => set.template.key === template.key);
    const newSet = sets[newIndex];
    if (newSet?.seen && newSet.seen.minReadySeconds !== minReadySeconds) {
      // the copy that the rest of the sync would work with is stale by then
      this.#write(newSet, newSet.seen.version, { minReadySeconds }, () => { done(false); }); // prettier-ignore
      return;
    }
    const fleet: Fleet = {
      sets: sets.flatMap(({ seen }) => seen ?? []),
      newIndex: newSet ? newIndex : undefined,
      oldPodsExist: this.#oldPodsExist(newSet),
    };
    this.#carryOut(planOf(this.#spec, fleet), sets, (succeeded) => {
      if (succeeded) this.#report(done);
      else done(false);
    });
  }

  #oldPodsExist(newSet: ReplicaSetObject | undefined): boolean {
    if (this.world.sets.some((set) => set !== newSet && (set.seen?.status.replicas ?? 0) > 0)) return true;
    for (const { owner } of this.world.pods) if (owner !== newSet) return true;
    return false;
  }

  #carryOut({ create, scalings, retries }: Plan, known: readonly ReplicaSetObject[], done: Done): void {
    const sets = [...known];
    const versions = new Map(sets.map((set) => [set, set.seen?.version]));
    const [first, ...rest] = scalings.map(({ index, to }) => ({ set: sets[index], to }));
    const next = (scaling: typeof first, others: readonly NonNullable<typeof first>[]): void => {
      const set = scaling?.set;
      if (!set) {
        done(true);
        return;
      }
      this.#scale(set, versions.get(set), scaling.to, (version) => {
        versions.set(set, version);
        if (version === undefined) done(!retries);
        else next(others[0], others.slice(1));
      });
    };
    if (create === undefined) next(first, rest);
    else this.#create(create, (created) => { if (created) next(first, rest); else done(false); }); // prettier-ignore
  }

  #create(size: number, done: Done): void {
    const { template, minReadySeconds, replicas, name } = this.#spec;
    this.#after(() => {
      if (this.world.sets.some((set) => set.template.key === template.key)) {
        done(false);
        return;
      }
      const max = replicas + wantedOf(this.#spec).surge;
      const revision = this.revisions.of(template);
      const set = this.world.createSet(template, revision, {
        replicas: size,
        minReadySeconds,
        desired: replicas,
        max,
      });
      this.#progress.created(this.world.clock.now);
      if (size > 0) this.#scaled(name, `Scaled up replica set ${set.name} to ${size}`);
      done(true);
    });
  }

  /** @param done is given the version after the write; undefined where it failed */
  #scale(
    set: ReplicaSetObject,
    version: number | undefined,
    to: number,
    done: (version: number | undefined) => void,
  ): void {
    const { replicas, name } = this.#spec;
    const from = set.now.replicas;
    const max = replicas + wantedOf(this.#spec).surge;
    this.#write(set, version, { replicas: to, desired: replicas, max }, (written) => {
      if (written !== undefined && to !== from) {
        this.#scaled(
          name,
          `Scaled ${to > from ? 'up' : 'down'} replica set ${set.name} to ${to} from ${from}`,
        );
      }
      done(written);
    });
  }

  #write(
    set: ReplicaSetObject,
    version: number | undefined,
    update: Parameters<World['updateSet']>[1],
    done: (version: number | undefined) => void,
  ): void {
    this.#after(() => {
      if (set.now.version !== version) {
        done(undefined);
        return;
      }
      this.world.updateSet(set, update);
      done(set.now.version);
    });
  }

  #after(task: () => void): void {
    const { clock, timings } = this.world;
    clock.after(this.#limiter.reserve(clock.now) + this.world.wait(timings.write), task);
  }

  #scaled(name: string, message: string): void {
    this.world.ledger.event('Deployment', name, 'ScalingReplicaSet', message);
  }

  #report(done: Done): void {
    const { replicas, progressDeadlineSeconds: deadline, template, name } = this.#spec;
    const { clock, ledger } = this.world;
    const before = this.#status;
    const status = { replicas: 0, updated: 0, ready: 0, available: 0 };
    for (const { seen, template: of } of this.world.sets) {
      status.replicas += seen?.status.replicas ?? 0;
      status.updated += of.key === template.key ? (seen?.status.replicas ?? 0) : 0;
      status.ready += seen?.status.ready ?? 0;
      status.available += seen?.status.available ?? 0;
    }
    const reason = this.#progress.reason;
    if (this.#progress.update(before, status, replicas, deadline, clock.now)) {
      const message = `no progress for ${deadline} s (progressDeadlineSeconds)`;
      ledger.event('Deployment', name, 'ProgressDeadlineExceeded', message, 'Warning');
    }
    const changed = (Object.keys(status) as (keyof DeploymentStatus)[]).some(
      (key) => status[key] !== before[key],
    );
    if (!changed && reason === this.#progress.reason) {
      const again = this.#progress.recheckAfter(status, replicas, deadline, clock.now);
      if (again !== undefined) this.#queue.addAfter(KEY, again);
      done(true);
      return;
    }
    this.#status = status;
    this.#after(() => {
      this.specChanged();
      done(true);
    });
  }
}
