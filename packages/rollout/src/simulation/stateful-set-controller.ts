import type { PodTemplate, WorkloadSpec } from '../manifest/workload-spec.ts';
import { statefulSetUnavailable } from '../rules/fenceposts.ts';
import { COST } from './api-server.ts';
import type { PodObject } from './model.ts';
import { PodCache } from './pod-cache.ts';
import type { PodControl } from './pod-control.ts';
import {
  planStatefulSet,
  type StatefulPod,
  type StatefulSetPlan,
  type StatefulSetRules,
} from './stateful-set-rules.ts';
import { calculateStatus, type StatefulSetStatus } from './stateful-set-status.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

type Done = (succeeded: boolean) => void;

const KEY = 'statefulset';

function rulesOf({ replicas, strategy, startOrdinal, parallel }: WorkloadSpec): StatefulSetRules {
  const { type, partition, maxUnavailable } = strategy;
  return {
    replicas,
    start: startOrdinal,
    parallel,
    onDelete: type === 'OnDelete',
    partition,
    maxUnavailable: strategy.countsUnavailable ? statefulSetUnavailable(maxUnavailable, replicas) : undefined,
  };
}

/**
 * The StatefulSet controller: keeps one pod for each ordinal, and replaces outdated pods from the highest ordinal
 * down. It reads pods from its cache.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set.go
 */
export class StatefulSetController {
  readonly #queue: WorkQueue<string>;
  readonly #cache: PodCache;
  /** The template of each ControllerRevision, by its number. */
  readonly #revisions = new Map<number, PodTemplate>();
  #status: StatefulSetStatus | undefined;
  /** The StatefulSet in the controller's cache. */
  #spec: WorkloadSpec;

  constructor(
    private readonly world: World,
    private readonly control: PodControl,
  ) {
    this.#spec = world.spec;
    this.#queue = new WorkQueue(world.clock, (_key, done) => { this.#sync(done); }); // prettier-ignore
    this.#cache = new PodCache(world, (becameReady) => {
      const { minReadySeconds } = this.#spec;
      this.#queue.add(KEY);
      if (becameReady && minReadySeconds > 0) this.#queue.addAfter(KEY, minReadySeconds);
    });
  }

  /** True when the controller has seen the StatefulSet, and its pods have the revision that they should have. */
  get settled(): boolean {
    const { spec, pods } = this.world;
    const { strategy, template, startOrdinal } = spec;
    if (this.#spec !== spec) return false;
    const update = this.world.getRevision(template);
    const from = startOrdinal + (strategy.partition ?? 0);
    return (
      strategy.type === 'OnDelete' ||
      [...pods].every(({ ordinal = 0, revision }) => ordinal < from || revision === update)
    );
  }

  /** Reads the pods before the change. */
  adopt(): void {
    const { spec, pods } = this.world;
    const revision = this.world.getRevision(spec.template);
    this.#revisions.set(revision, spec.template);
    this.#cache.adopt(pods);
    this.#status = this.#calculateStatus(revision, revision);
  }

  /** Registers a write to the StatefulSet; the watch delivers it later. */
  written(): void {
    this.world.clock.after(this.world.drawRequest(this.world.timings.watch), () => {
      this.#spec = this.world.spec;
      this.#queue.add(KEY);
    });
  }

  #sync(done: Done): void {
    const { template } = this.#spec;
    const update = this.world.getRevision(template);
    if (this.#revisions.has(update)) {
      this.#update(update, done);
      return;
    }
    this.control.request(COST.create, () => {
      this.#revisions.set(update, template);
      this.#update(update, done);
    });
  }

  #update(update: number, done: Done): void {
    const now = this.world.clock.now;
    const { minReadySeconds } = this.#spec;
    const { currentRevision: current = update, currentReplicas = 0 } = this.#status ?? {};
    const pods = new Map<number, PodObject>();
    const cached = [...this.#cache.pods].map(([pod, { terminating, readySince }]): StatefulPod => {
      const { ordinal = 0, revision } = pod;
      pods.set(ordinal, pod);
      return {
        ordinal,
        revision,
        terminating,
        available: this.#cache.isAvailable(readySince, minReadySeconds, now),
      };
    });
    const revisions = { current, update, currentReplicas };
    const plan = planStatefulSet(rulesOf(this.#spec), cached, revisions);
    this.#apply(plan, pods, (succeeded) => { this.#writeStatus(current, update, succeeded, done); }); // prettier-ignore
  }

  /** Creates and deletes pods; one failed creation ends the sync. */
  #apply(
    { create, condemn, update }: StatefulSetPlan,
    pods: ReadonlyMap<number, PodObject>,
    done: Done,
  ): void {
    const remove = (ordinal: number | undefined): boolean => {
      const pod = pods.get(ordinal ?? -1);
      if (pod && !pod.gone) this.world.deletePod(pod);
      return true;
    };
    const removeOneByOne = (index: number): void => {
      const one = (): void => void remove(update[index]);
      if (index >= update.length) done(true);
      else this.control.requestAll(1, COST.delete, one, () => { removeOneByOne(index + 1); }); // prettier-ignore
    };
    const condemnAll = (): void => {
      const one = (index: number): boolean => remove(condemn[index]);
      this.control.requestInBatches(condemn.length, COST.delete, one, () => { removeOneByOne(0); }); // prettier-ignore
    };
    const createOne = (index: number): boolean => this.#create(create[index]);
    this.control.requestInBatches(create.length, COST.create, createOne, (missed) => {
      if (missed > 0) done(false);
      else condemnAll();
    });
  }

  /** Creates a pod; false if it exists although the cache does not have it, or if the API server refuses it. */
  #create(missing: StatefulSetPlan['create'][number] | undefined): boolean {
    const template = this.#revisions.get(missing?.revision ?? -1);
    if (!missing || !template) return true;
    const { ordinal } = missing;
    for (const pod of this.world.pods) if (pod.ordinal === ordinal) return false;
    return this.control.createPod(template, this.#spec, undefined, { ordinal });
  }

  #calculateStatus(current: number, update: number): StatefulSetStatus {
    return calculateStatus(this.#spec, this.#cache, { current, update }, this.world.clock.now);
  }

  #writeStatus(current: number, update: number, succeeded: boolean, done: Done): void {
    const { minReadySeconds } = this.#spec;
    const status = this.#calculateStatus(current, update);
    const finish = (): void => {
      if (minReadySeconds > 0 && status.ready !== status.available)
        this.#queue.addAfter(KEY, minReadySeconds);
      done(succeeded);
    };
    const keys = Object.keys(status) as (keyof StatefulSetStatus)[];
    if (keys.every((key) => status[key] === this.#status?.[key])) {
      finish();
      return;
    }
    this.control.request(COST.update, () => {
      this.#status = status;
      this.written();
      finish();
    });
  }
}
