import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { daemonSetLimits } from '../rules/fenceposts.ts';
import { COST } from './api-server.ts';
import { DaemonPodCache, type CachedDaemonPod } from './daemon-pod-cache.ts';
import { planManage, planRollingUpdate, type DaemonSetPlan } from './daemon-set-rules.ts';
import { PodCache } from './pod-cache.ts';
import type { PodControl } from './pod-control.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

type Done = (succeeded: boolean) => void;

/** Largest number of pods that one step creates or deletes. */
const BURST_REPLICAS = 250;
const KEY = 'daemonset';

/**
 * The DaemonSet controller: keeps one pod on each node, and replaces outdated pods within the limits of the
 * DaemonSet. It reads pods from its cache, and waits until the cache has its own writes.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/daemon_controller.go
 */
export class DaemonSetController {
  readonly #queue: WorkQueue<string>;
  readonly #cache: PodCache;
  readonly #revisions = new Set<number>();
  readonly #nodes: DaemonPodCache;
  #expectedCreations = 0;
  #expectedDeletions = 0;
  /** The counts of the last status, as one text. */
  #status = '';
  /** The DaemonSet in the controller's cache. */
  #spec: WorkloadSpec;

  constructor(
    private readonly world: World,
    private readonly control: PodControl,
  ) {
    this.#spec = world.spec;
    this.#queue = new WorkQueue(world.clock, (_key, done) => { this.#sync(done); }); // prettier-ignore
    this.#cache = new PodCache(world, (becameReady, pod, isNew) => {
      const { minReadySeconds } = this.#spec;
      if (pod.deleting || pod.gone) this.#expectedDeletions -= 1;
      else if (isNew) this.#expectedCreations -= 1;
      this.#nodes.update(pod);
      this.#queue.add(KEY);
      if (becameReady && minReadySeconds > 0) this.#queue.addAfter(KEY, minReadySeconds + 1);
    });
    this.#nodes = new DaemonPodCache(world, this.#cache);
  }

  /** True when the controller has seen the DaemonSet, and its pods have the template that they should have. */
  get settled(): boolean {
    const { spec, pods } = this.world;
    const { strategy, template } = spec;
    const update = this.world.getRevision(template);
    if (this.#spec !== spec) return false;
    return strategy.type === 'OnDelete' || [...pods].every(({ revision }) => revision === update);
  }

  /** Reads the pods before the change. */
  adopt(): void {
    const { spec, pods } = this.world;
    this.#revisions.add(this.world.getRevision(spec.template));
    this.#cache.adopt(pods);
    this.#status = this.#calculateStatus().text;
  }

  /** Registers a write to the DaemonSet; the watch delivers it later. */
  written(): void {
    this.world.clock.after(this.world.drawRequest(this.world.timings.watch), () => {
      this.#spec = this.world.spec;
      this.#queue.add(KEY);
    });
  }

  get #satisfied(): boolean {
    return this.#expectedCreations <= 0 && this.#expectedDeletions <= 0;
  }

  #sync(done: Done): void {
    const update = this.world.getRevision(this.#spec.template);
    if (this.#revisions.has(update)) {
      this.#update(done);
      return;
    }
    this.control.request(COST.create, () => {
      this.#revisions.add(update);
      this.#update(done);
    });
  }

  #update(done: Done): void {
    if (!this.#satisfied) {
      this.#updateStatus(true, done);
      return;
    }
    const { strategy, replicas } = this.#spec;
    const limits = daemonSetLimits(strategy, replicas);
    const finish: Done = (succeeded) => { this.#updateStatus(succeeded, done); }; // prettier-ignore
    this.#apply(planManage(this.#nodes.read(this.#spec), limits.maxSurge > 0), (managed) => {
      if (!managed || !this.#satisfied || strategy.type === 'OnDelete') finish(managed);
      else this.#apply(planRollingUpdate(this.#nodes.read(this.#spec), limits), finish);
    });
  }

  /**
   * Creates pods in growing batches, then deletes pods.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/daemon_controller.go `syncNodes`
   */
  #apply(plan: DaemonSetPlan<CachedDaemonPod>, done: Done): void {
    const create = plan.create.slice(0, BURST_REPLICAS);
    const remove = plan.delete.slice(0, BURST_REPLICAS);
    this.#expectedCreations = create.length;
    this.#expectedDeletions = remove.length;
    const createOne = (index: number): boolean =>
      this.control.createPod(this.#spec.template, this.#spec, undefined, { targetNode: create[index] });
    const removeOne = (index: number): void => {
      const pod = remove[index]?.pod;
      if (pod && !pod.gone) this.world.deletePod(pod);
    };
    this.control.requestInBatches(create.length, COST.create, createOne, (missed) => {
      this.#expectedCreations -= missed;
      this.control.requestAll(remove.length, COST.delete, removeOne, () => { done(missed === 0); }); // prettier-ignore
    });
  }

  /** Counts the oldest pod of each node. */
  #calculateStatus(): { readonly ready: number; readonly available: number; readonly text: string } {
    const oldest = this.#nodes
      .read(this.#spec)
      .flatMap(([, pods]) => pods.sort((a, b) => a.createdAt - b.createdAt)[0] ?? []);
    const ready = oldest.filter((pod) => pod.ready).length;
    const available = oldest.filter((pod) => pod.available).length;
    const updated = oldest.filter((pod) => pod.updated).length;
    return { ready, available, text: [oldest.length, ready, available, updated].join(' ') };
  }

  #updateStatus(succeeded: boolean, done: Done): void {
    const { minReadySeconds } = this.#spec;
    const { ready, available, text } = this.#calculateStatus();
    const finish = (): void => {
      if (minReadySeconds > 0 && ready !== available) this.#queue.addAfter(KEY, minReadySeconds);
      done(succeeded);
    };
    if (text === this.#status) {
      finish();
      return;
    }
    this.control.request(COST.update, () => {
      this.#status = text;
      this.written();
      finish();
    });
  }
}
