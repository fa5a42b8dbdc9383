import { daemonSetLimits, type IntOrPercent } from '../../../src/rules/fenceposts.ts';
import { planManage, planRollingUpdate, type DaemonPod } from '../../../src/simulation/daemon-set-rules.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/update_test.go

interface Pod extends DaemonPod {
  readonly revision: number;
}
interface Strategy {
  readonly maxSurge?: IntOrPercent;
  readonly maxUnavailable?: IntOrPercent;
}

/** A DaemonSet whose pods are created and deleted at once. */
class Fleet {
  pods: Pod[];
  #revision = 0;
  #clock = 0;

  constructor(readonly nodes: number) {
    this.pods = Array.from({ length: nodes }, (_, node) => this.#create(node, true));
  }

  #create(node: number, ready = false): Pod {
    const state = { ready, available: ready, terminating: false };
    this.#clock += 1;
    return { node, revision: this.#revision, updated: true, createdAt: this.#clock, ...state };
  }

  change(): this {
    this.#revision += 1;
    return this;
  }

  setReady(ready: boolean, which: (pod: Pod) => boolean = () => true): this {
    this.pods = this.pods.map((pod) => (which(pod) ? { ...pod, ready, available: ready } : pod));
    return this;
  }

  /** Makes one sync, and returns how many pods it created and deleted. */
  sync({ maxSurge = 0, maxUnavailable = 0 }: Strategy): [created: number, deleted: number] {
    const limits = daemonSetLimits({ maxSurge, maxUnavailable }, this.nodes);
    const [created, deleted] = this.#apply(planManage(this.#byNode(), limits.maxSurge > 0));
    const isBusy = created > 0 || (deleted > 0 && limits.maxSurge === 0);
    const [more, fewer] = isBusy ? [0, 0] : this.#apply(planRollingUpdate(this.#byNode(), limits));
    return [created + more, deleted + fewer];
  }

  #byNode(): Map<number, Pod[]> {
    return new Map(
      Array.from({ length: this.nodes }, (_, node) => {
        const pods = this.pods.filter((pod) => pod.node === node);
        return [node, pods.map((pod) => ({ ...pod, updated: pod.revision === this.#revision }))];
      }),
    );
  }

  #apply(plan: ReturnType<typeof planManage<Pod>>): [number, number] {
    const gone = new Set(plan.delete.map(({ createdAt }) => createdAt));
    this.pods = this.pods.filter(({ createdAt }) => !gone.has(createdAt));
    this.pods.push(...plan.create.map((node) => this.#create(node)));
    return [plan.create.length, gone.size];
  }
}

/** Makes syncs; after a step with `ready` all pods are ready. */
function run(
  fleet: Fleet,
  strategy: Strategy,
  steps: readonly (readonly [created: number, deleted: number, then?: 'ready'])[],
): void {
  for (const [created, deleted, then] of steps) {
    expect(fleet.sync(strategy)).toEqual([created, deleted]);
    if (then) fleet.setReady(true);
  }
}

test('TestDaemonSetUpdatesPods: replaces 5 pods by 2, 2 and 1', () => {
  run(new Fleet(5).change(), { maxUnavailable: 2 }, [
    [0, 2],
    [2, 0, 'ready'],
    [0, 2],
    [2, 0, 'ready'],
    [0, 1],
    [1, 0, 'ready'],
    [0, 0],
  ]);
});

test('TestDaemonSetUpdatesPodsWithMaxSurge: creates 2 pods beside the old ones, then 2 and 1', () => {
  run(new Fleet(5).change(), { maxSurge: 2 }, [
    [2, 0],
    [0, 0, 'ready'],
    [2, 2],
    [0, 0, 'ready'],
    [1, 2],
    [0, 0, 'ready'],
    [0, 1],
    [0, 0],
  ]);
});

test('TestDaemonSetUpdatesWhenNewPodIsNotReady: waits while as many new pods as allowed are not ready', () => {
  run(new Fleet(5).change(), { maxUnavailable: 3 }, [
    [0, 3],
    [3, 0],
    [0, 0],
  ]);
});

test('TestDaemonSetUpdatesSomeOldPodsNotReady: a second update replaces the pods that are not ready', () => {
  const fleet = new Fleet(5).change();
  const strategy = { maxUnavailable: 2 };
  run(fleet, strategy, [
    [0, 2],
    [2, 0],
    [0, 0],
  ]);
  run(fleet.change(), strategy, [
    [0, 2],
    [2, 0],
    [0, 0],
  ]);
  expect(fleet.pods.filter(({ ready }) => ready)).toHaveLength(3);
});

test('TestDaemonSetUpdatesSaveOldHealthyPods: never takes a healthy pod while others are unavailable', () => {
  const fleet = new Fleet(20).change();
  run(fleet, { maxUnavailable: 10 }, [
    [0, 10],
    [10, 0],
    [0, 0],
  ]);
  const healthy = fleet.pods.filter(({ ready }) => ready).map(({ createdAt }) => createdAt);
  for (const maxUnavailable of [0, 1, 5, 9]) {
    run(fleet.change(), { maxUnavailable }, [
      [0, 10],
      [10, 0],
      [0, 0],
    ]);
    expect(fleet.pods.map(({ createdAt }) => createdAt)).toEqual(expect.arrayContaining(healthy));
  }
  run(fleet.change(), { maxUnavailable: 11 }, [
    [0, 11],
    [11, 0],
    [0, 0],
  ]);
  expect(fleet.pods.filter(({ ready }) => ready)).toHaveLength(9);
});

test('TestDaemonSetUpdatesAllOldPodsNotReady: replaces all at once', () => {
  run(new Fleet(5).setReady(false).change(), { maxUnavailable: 3 }, [
    [0, 5],
    [5, 0],
    [0, 0],
  ]);
});

test('TestDaemonSetUpdatesAllOldPodsNotReadyMaxSurge: creates new pods at once and removes the old ones', () => {
  run(new Fleet(5).setReady(false).change(), { maxSurge: 3 }, [
    [5, 0],
    [0, 5],
    [0, 0],
  ]);
});

test('TestDaemonSetUpdatesNoTemplateChanged: does nothing', () => {
  run(new Fleet(5), { maxUnavailable: 3 }, [[0, 0]]);
});

test('TestGetUnavailableNumbers: rounds percentages up, and allows one when both limits are 0', () => {
  expect(daemonSetLimits({ maxSurge: 0, maxUnavailable: '50%' }, 3)).toEqual({
    maxSurge: 0,
    maxUnavailable: 2,
  });
  expect(daemonSetLimits({ maxSurge: '50%', maxUnavailable: 0 }, 3)).toEqual({
    maxSurge: 2,
    maxUnavailable: 0,
  });
  expect(daemonSetLimits({ maxSurge: 0, maxUnavailable: 0 }, 3)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
});

test('a node whose pod is terminating gets the next one only when it is gone, with a surge at once', () => {
  const pod = { node: 0, updated: true, ready: true, available: true, terminating: true, createdAt: 0 };
  expect(planManage(new Map([[0, [pod]]]), false).create).toEqual([]);
  expect(planManage(new Map([[0, [pod]]]), true).create).toEqual([0]);
});
