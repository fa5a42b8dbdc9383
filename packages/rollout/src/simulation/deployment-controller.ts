import { planSync, type SyncPlan } from './deployment-plan.ts';
import type { ReplicaSetObject } from './model.ts';
import { calculateStatus, Progress, type DeploymentStatus } from './progress.ts';
import { RateLimiter } from './rate-limiter.ts';
import { SetWriter } from './set-writer.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

type Done = (succeeded: boolean) => void;

const KEY = 'deployment';

/**
 * The Deployment controller: replaces the old ReplicaSets by the one of the Deployment's template. It
 * reads from its cache; a write to an object that changed since then fails.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/deployment_controller.go
 */
export class DeploymentController {
  readonly #queue: WorkQueue<string>;
  readonly #writer: SetWriter;
  readonly #progress = new Progress();
  #status: DeploymentStatus;
  /** The Deployment in the controller's cache. */
  #spec;
  #cachedVersion = 0;
  #paused = false;
  /** `resourceVersion` of the Deployment in the API server. */
  #version = 0;

  constructor(private readonly world: World) {
    const { clock, timings, spec } = world;
    const { replicas } = spec;
    this.#spec = spec;
    this.#status = { replicas, updated: replicas, ready: replicas, available: replicas };
    this.#writer = new SetWriter(world, new RateLimiter(timings.controllerQps, timings.controllerBurst));
    this.#queue = new WorkQueue(clock, (_key, done) => { this.#sync(done); }); // prettier-ignore
    world.onSet(() => { this.#queue.add(KEY); }); // prettier-ignore
    world.onPod((pod) => {
      // Only a Recreate strategy waits for the removal of pods.
      if (pod.gone && this.#spec.strategy.type === 'Recreate' && world.pods.size === 0) this.#queue.add(KEY);
    });
  }

  /** True when the progress deadline is exceeded. */
  get stalled(): boolean {
    return this.#progress.reason === 'ProgressDeadlineExceeded';
  }

  /** Reads the status of the ReplicaSets before the change. */
  adopt(): void {
    const { sets, spec } = this.world;
    this.#status = calculateStatus(sets, spec.template);
    this.#progress.adopted(this.#status, spec.replicas);
  }

  /** Registers a write to the Deployment; the watch delivers it later. */
  written(): void {
    this.#version += 1;
    this.world.clock.after(this.world.drawRequest(this.world.timings.watch), () => {
      this.#spec = this.world.spec;
      this.#cachedVersion = this.#version;
      this.#queue.add(KEY);
    });
  }

  #sync(done: Done): void {
    const version = this.#cachedVersion;
    const sets = this.world.sets.filter(({ cached }) => cached !== undefined);
    const { template, minReadySeconds } = this.#spec;
    const newIndex = sets.findIndex((set) => set.template.key === template.key);
    const newSet = sets[newIndex];
    if (newSet?.cached && newSet.cached.minReadySeconds !== minReadySeconds) {
      // This write makes the cached ReplicaSet stale, so the rest of the sync fails: retry it.
      this.#writer.write(newSet, newSet.cached.version, { minReadySeconds }, () => { done(false); }); // prettier-ignore
      return;
    }
    const plan = planSync(this.#spec, {
      sets: sets.flatMap(({ cached }) => cached ?? []),
      newIndex: newSet ? newIndex : undefined,
      oldPodsExist: this.#oldPodsExist(newSet),
    });
    const scale = (): void => {
      this.#scale(plan, sets, (succeeded) => {
        if (succeeded) this.#updateStatus(version, done);
        else done(false);
      });
    };
    if (plan.create === undefined) scale();
    else this.#create(plan.create, version, (created) => { if (created) scale(); else done(false); }); // prettier-ignore
  }

  #oldPodsExist(newSet: ReplicaSetObject | undefined): boolean {
    if (this.world.sets.some((set) => set !== newSet && (set.cached?.status.replicas ?? 0) > 0)) return true;
    for (const { owner } of this.world.pods) if (owner !== newSet) return true;
    return false;
  }

  /**
   * Creates the new ReplicaSet. The status of the Deployment is written before any other ReplicaSet.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `getNewReplicaSet`
   */
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

  #scale({ scalings, retries }: SyncPlan, sets: readonly ReplicaSetObject[], done: Done): void {
    const versions = new Map(sets.map((set) => [set, set.cached?.version]));
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

  #updateStatus(version: number, done: Done): void {
    const { replicas, progressDeadlineSeconds: deadline, template, name, paused } = this.#spec;
    const { clock, ledger, sets } = this.world;
    const before = this.#status;
    const status = calculateStatus(sets, template);
    if (this.#paused && !paused) this.#progress.resumed(clock.now);
    this.#paused = paused;
    const { reason } = this.#progress;
    if (!paused && this.#progress.update(before, status, replicas, deadline, clock.now)) {
      const message = `no progress for ${deadline} s (progressDeadlineSeconds)`;
      ledger.event('Deployment', name, 'ProgressDeadlineExceeded', message, 'Warning');
    }
    const keys = Object.keys(status) as (keyof DeploymentStatus)[];
    if (reason === this.#progress.reason && keys.every((key) => status[key] === before[key])) {
      const delay = paused ? undefined : this.#progress.recheckAfter(status, replicas, deadline, clock.now);
      if (delay !== undefined) this.#queue.addAfter(KEY, delay);
      done(true);
      return;
    }
    this.#writeStatus(version, (succeeded) => {
      if (succeeded) this.#status = status;
      done(succeeded);
    });
  }

  /** Writes the status. The write fails when the Deployment changed since the sync began. */
  #writeStatus(version: number, done: Done): void {
    this.#writer.request(() => {
      const current = version === this.#version;
      if (current) this.written();
      done(current);
    });
  }
}
