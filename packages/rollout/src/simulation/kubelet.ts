import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { PodState } from '../timeline/timeline.ts';
import type { ContainerHost } from './container-times.ts';
import type { PodObject } from './model.ts';
import type { PodStart } from './pod-start.ts';
import { PodWorker, type Behaviours } from './pod-worker.ts';
import { COST } from './api-server.ts';
import { StatusManager } from './status-manager.ts';
import type { World } from './world.ts';

/** A pod on its node. */
interface LocalPod {
  /** Another object after the containers of a bare Pod are replaced. */
  pod: PodObject;
  /** The template whose containers run now, until it is reported. */
  replacement: PodTemplate | undefined;
  readonly worker: PodWorker;
  restartsBefore: number;
  /** When its worker has synced its last change. */
  syncedAt: number;
}

/**
 * The kubelets of all nodes: run the scheduled pods and report their status.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kubelet.go
 */
export class Kubelet {
  readonly #pods = new Map<PodObject, LocalPod>();
  /** Time of one relist, by node. */
  readonly #relists: number[] = [];
  readonly #statuses: StatusManager;
  /** Number of statuses that are not written yet. */
  #unwritten = 0;

  constructor(
    private readonly world: World,
    private readonly behaviours: Behaviours,
    private readonly starts: PodStart,
  ) {
    this.#statuses = new StatusManager(world);
    world.onPod((pod) => {
      const local = this.#pods.get(pod);
      if (pod.gone) this.#forget(pod, local);
      else if (pod.node === undefined) return;
      else if (pod.deleting) this.#stop(pod, local);
      else if (!local) this.#start(pod);
    });
  }

  /** Adopts a pod that was admitted before the change, and returns its containers. */
  adopt(pod: PodObject, admittedAt: number, faultsFrom: number): PodWorker {
    const { worker } = this.#admit(pod, admittedAt, true, faultsFrom);
    worker.adopt();
    return worker;
  }

  /** Returns true when a container that has not been restarted has ended, or will listen, crash or hang before a time. */
  expectsChange(before: number): boolean {
    if (this.#unwritten > 0) return true;
    for (const { worker } of this.#pods.values()) if (worker.expectsChange(before)) return true;
    return false;
  }

  /** Replaces the containers of a bare Pod whose image changes. */
  replace(old: PodObject, next: PodTemplate): void {
    const revision = this.world.getRevision(next);
    const local = this.#pods.get(old);
    for (const [index, spec] of next.containers.entries()) {
      if (!local || old.template.containers[index]?.image === spec.image) continue;
      const ended = (): void => { local.replacement = next; }; // prettier-ignore
      const behaviour = this.behaviours(spec, { revision, adopted: false }, 'container');
      local.worker.containers[index]?.replace(spec, behaviour, ended);
    }
  }

  #start(pod: PodObject): void {
    const { world } = this;
    const delay = world.drawLatency(world.timings.containerStart);
    world.api.occupy(COST.update); // the first status
    const { worker } = this.#admit(pod, world.clock.now, false);
    this.starts.await(pod, () => { if (!worker.stopping) worker.start(delay); }); // prettier-ignore
  }

  #admit(pod: PodObject, admittedAt: number, adopted: boolean, faultsFrom = admittedAt): LocalPod {
    const { world, behaviours } = this;
    const host: ContainerHost = {
      changed: () => { this.#report(local); }, // prettier-ignore
      warn: (reason, message) => { world.ledger.event('Pod', pod.name, reason, message, 'Warning'); }, // prettier-ignore
      graceSeconds: pod.template.graceSeconds,
      admittedAt,
      faultsFrom,
      relistFrom: this.#getRelist(pod.node ?? 0),
    };
    const worker = new PodWorker(world, host, pod, behaviours, adopted);
    pod.lives = worker.lives;
    const local: LocalPod = { pod, replacement: undefined, worker, restartsBefore: 0, syncedAt: -Infinity };
    this.#pods.set(pod, local);
    return local;
  }

  /** Returns the time of one relist; nodes do not relist at the same time. */
  #getRelist(node: number): number {
    const { random, timings } = this.world;
    const from = this.#relists[node] ?? -random() * timings.relist;
    this.#relists[node] = from;
    return from;
  }

  /** Writes the status of a pod to the API server. */
  #report(local: LocalPod): void {
    const { worker, replacement } = local;
    const { stopping, running, ended, backsOff, restarts } = worker;
    if (stopping) return;
    const passed = this.starts.passesGates(local.pod, worker.ready, () => { this.#report(local); }); // prettier-ignore
    const ready = worker.ready && passed;
    const waits = worker.ready && !passed ? 'ReadinessGatesNotReady' : undefined;
    const reason = backsOff ? 'CrashLoopBackOff' : waits;
    const second = this.world.toWallClockSecond(this.world.clock.now);
    local.replacement = undefined;
    this.#unwritten += 1;
    this.#statuses.write(local.pod.node ?? 0, this.#sync(local), () => {
      this.#unwritten -= 1;
      if (replacement) this.#becomeNew(local, replacement, restarts);
      const { pod } = local;
      if (pod.gone) return;
      if (ready && !pod.ready) pod.readySecond = second;
      pod.running ||= running;
      pod.ready = ready;
      pod.everReady ||= ready;
      pod.restarts = restarts - local.restartsBefore;
      const alive: PodState = ready ? 'ready' : pod.everReady ? 'unready' : 'starting';
      const state = ended ? 'crashed' : running ? alive : 'pending';
      if (!pod.deleting) this.world.ledger.enter(pod, state, reason);
      if (ready) this.world.awaitAvailable(pod);
      this.world.notify(pod);
    });
  }

  /** Returns when the pod's worker has synced a change; it syncs one change after another. */
  #sync(local: LocalPod): number {
    const { clock, timings } = this.world;
    local.syncedAt = Math.max(local.syncedAt, clock.now + this.world.drawRequest(timings.sync));
    return local.syncedAt;
  }

  /** Ends the lane of a bare Pod's old template and begins that of the new one. */
  #becomeNew(local: LocalPod, template: PodTemplate, restarts: number): void {
    const { pod: old } = local;
    this.#pods.delete(old);
    this.world.removePod(old);
    const pod = this.world.createPod(template, undefined);
    pod.node = old.node;
    this.starts.adopt(pod);
    local.pod = pod;
    pod.lives = local.worker.lives;
    local.restartsBefore = restarts;
    this.#pods.set(pod, local);
  }

  /** Stops the containers of a pod that is marked for deletion, then removes the pod. */
  #stop(pod: PodObject, local: LocalPod | undefined): void {
    if (local?.worker.stopping) return;
    const { clock, timings } = this.world;
    const seconds = local?.worker.stop() ?? 0;
    clock.after(seconds + this.world.drawLatency(timings.cleanup), () => {
      this.#pods.delete(pod);
      this.world.removePod(pod);
    });
  }

  /** Stops the containers of a pod that was removed without a grace period. */
  #forget(pod: PodObject, local: LocalPod | undefined): void {
    if (local?.pod === pod && !local.worker.stopping) local.worker.stop();
    this.#pods.delete(pod);
  }
}
