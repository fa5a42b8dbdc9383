import { planOf, type Fleet, type Plan } from './deployment-plan';
import type { ReplicaSetObject } from './objects';
import { Progress, statusOf, type DeploymentStatus } from './progress';
import { RateLimiter } from './rate-limiter';
import type { Revisions } from './revisions';
import { SetWriter } from './set-writer';
import { WorkQueue } from './work-queue';
import type { World } from './world';

type Done = (succeeded: boolean) => void;

const KEY = 'deployment';

/**
 * Moves a Deployment from its old ReplicaSets to the one of its template. It acts on
 * what its cache tells, and a write to something that has changed meanwhile fails.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/deployment_controller.go
 */
export class DeploymentController {
  readonly #queue: WorkQueue<string>;
  readonly #writer: SetWriter;
  readonly #progress = new Progress();
  #status: DeploymentStatus;
  /** The Deployment as its cache holds it. */
  #spec;
  #seenVersion = 0;
  #paused = false;
  /** The Deployment's version in the API server: each write makes another. */
  #version = 0;

  constructor(
    private readonly world: World,
    revisions: Revisions,
  ) {
    const { clock, timings, spec } = world;
    const { replicas } = spec;
    this.#spec = spec;
    this.#status = { replicas, updated: replicas, ready: replicas, available: replicas };
    const limiter = new RateLimiter(timings.controllerQps, timings.controllerBurst);
    this.#writer = new SetWriter(world, limiter, revisions);
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

  /** The Deployment itself has been written to. */
  written(): void {
    this.#version += 1;
    this.world.clock.after(this.world.wait(this.world.timings.watch), () => {
      this.#spec = this.world.spec;
      this.#seenVersion = this.#version;
      this.#queue.add(KEY);
    });
  }

  #sync(done: Done): void {
    const version = this.#seenVersion;
    const sets = this.world.sets.filter(({ seen }) => seen !== undefined);
    const { template, minReadySeconds } = this.#spec;
    const newIndex = sets.findIndex((set) => set.template.key === template.key);
    const newSet = sets[newIndex];
    if (newSet?.seen && newSet.seen.minReadySeconds !== minReadySeconds) {
      // the copy that the rest of the sync would work with is stale by then
      this.#writer.write(newSet, newSet.seen.version, { minReadySeconds }, () => { done(false); }); // prettier-ignore
      return;
    }
    const fleet: Fleet = {
      sets: sets.flatMap(({ seen }) => seen ?? []),
      newIndex: newSet ? newIndex : undefined,
      oldPodsExist: this.#oldPodsExist(newSet),
    };
    const plan = planOf(this.#spec, fleet);
    const rest = (): void => {
      this.#scale(plan, sets, (succeeded) => {
        if (succeeded) this.#report(version, done);
        else done(false);
      });
    };
    if (plan.create === undefined) rest();
    else this.#create(plan.create, version, (created) => { if (created) rest(); else done(false); }); // prettier-ignore
  }

  #oldPodsExist(newSet: ReplicaSetObject | undefined): boolean {
    if (this.world.sets.some((set) => set !== newSet && (set.seen?.status.replicas ?? 0) > 0)) return true;
    for (const { owner } of this.world.pods) if (owner !== newSet) return true;
    return false;
  }

  /** A ReplicaSet that has been created is told of in the status before anything else is done. */
  #create(size: number, version: number, done: Done): void {
    this.#writer.create(this.#spec, size, (created) => {
      if (!created) {
        done(false);
        return;
      }
      this.#progress.created(this.world.clock.now);
      this.#writeStatus(version, done);
    });
  }

  #scale({ scalings, retries }: Plan, sets: readonly ReplicaSetObject[], done: Done): void {
    const versions = new Map(sets.map((set) => [set, set.seen?.version]));
    const queue = [...scalings];
    const next = (): void => {
      const scaling = queue.shift();
      const set = scaling && sets[scaling.index];
      if (!set) {
        done(true);
        return;
      }
      this.#writer.scale(this.#spec, set, versions.get(set), scaling.to, (version) => {
        versions.set(set, version);
        if (version === undefined) done(!retries);
        else next();
      });
    };
    next();
  }

  #report(version: number, done: Done): void {
    const { replicas, progressDeadlineSeconds: deadline, template, name, paused } = this.#spec;
    const { clock, ledger, sets } = this.world;
    const before = this.#status;
    const status = statusOf(sets, template);
    if (this.#paused && !paused) this.#progress.resumed(clock.now);
    this.#paused = paused;
    const { reason } = this.#progress;
    if (!paused && this.#progress.update(before, status, replicas, deadline, clock.now)) {
      const message = `no progress for ${deadline} s (progressDeadlineSeconds)`;
      ledger.event('Deployment', name, 'ProgressDeadlineExceeded', message, 'Warning');
    }
    const keys = Object.keys(status) as (keyof DeploymentStatus)[];
    if (reason === this.#progress.reason && keys.every((key) => status[key] === before[key])) {
      const again = paused ? undefined : this.#progress.recheckAfter(status, replicas, deadline, clock.now);
      if (again !== undefined) this.#queue.addAfter(KEY, again);
      done(true);
      return;
    }
    this.#writeStatus(version, (succeeded) => {
      if (succeeded) this.#status = status;
      done(succeeded);
    });
  }

  #writeStatus(version: number, done: Done): void {
    this.#writer.after(() => {
      const current = version === this.#version;
      if (current) this.written();
      done(current);
    });
  }
}
