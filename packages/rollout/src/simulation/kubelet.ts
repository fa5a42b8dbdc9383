import type { ContainerSpec, PodTemplate } from '../manifest/workload-spec.ts';
import type { PodState } from '../timeline/timeline.ts';
import { Container } from './container.ts';
import type { ContainerHost } from './container-times.ts';
import type { PodObject } from './model.ts';
import type { Behaviour } from './timings.ts';
import type { World } from './world.ts';

/** Returns the behaviour of a container's process, by the revision of its pod's template. */
export type Behaviours = (container: ContainerSpec, revision: number) => Behaviour;

/** A pod on its node. */
interface LocalPod {
  /** Another object after the containers of a bare Pod are replaced. */
  pod: PodObject;
  /** The template whose containers run now, until it is reported. */
  replacement: PodTemplate | undefined;
  readonly containers: readonly Container[];
  restartsBefore: number;
  stopping: boolean;
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

  constructor(
    private readonly world: World,
    private readonly behaviours: Behaviours,
  ) {
    world.onPod((pod) => {
      if (pod.node === undefined || pod.gone) return;
      const local = this.#pods.get(pod);
      if (pod.deleting) this.#stop(pod, local);
      else if (!local) this.#start(pod);
    });
  }

  /** Adopts a pod that has been ready since before the change. */
  adopt(pod: PodObject): void {
    for (const container of this.#admit(pod).containers) container.adopt();
  }

  /** Replaces the containers of a bare Pod whose image changes. */
  replace(old: PodObject, next: PodTemplate): void {
    const revision = this.world.getRevision(next);
    const local = this.#pods.get(old);
    for (const [index, spec] of next.containers.entries()) {
      if (!local || old.template.containers[index]?.image === spec.image) continue;
      const ended = (): void => { local.replacement = next; }; // prettier-ignore
      local.containers[index]?.replace(spec, this.behaviours(spec, revision), ended);
    }
  }

  #start(pod: PodObject): void {
    const { world } = this;
    const delay = world.drawLatency(world.timings.containerStart) * (1 + pod.template.initContainers);
    for (const container of this.#admit(pod).containers) container.start(delay);
  }

  #admit(pod: PodObject): LocalPod {
    const { world, behaviours } = this;
    const { clock, ledger } = world;
    const { containers, graceSeconds, restarts } = pod.template;
    const host: ContainerHost = {
      changed: () => { this.#report(local); }, // prettier-ignore
      warn: (reason, message) => { ledger.event('Pod', pod.name, reason, message, 'Warning'); }, // prettier-ignore
      graceSeconds,
      admittedAt: clock.now,
      relistFrom: this.#getRelist(pod.node ?? 0),
    };
    const createContainer = (spec: ContainerSpec): Container =>
      new Container(world, host, spec, behaviours(spec, pod.revision), restarts);
    const local: LocalPod = {
      pod,
      replacement: undefined,
      containers: containers.map(createContainer),
      restartsBefore: 0,
      stopping: false,
    };
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
    const { containers, stopping, replacement } = local;
    if (stopping) return;
    const { clock, timings } = this.world;
    const running = containers.some(({ state }) => state !== 'waiting');
    const ready = containers.every((each) => each.ready);
    const ended = containers.some(({ state }) => state === 'ended');
    const restarts = containers.reduce((sum, each) => sum + each.restarts, 0);
    const second = this.world.toWallClockSecond(clock.now);
    local.replacement = undefined;
    // The latency has no jitter, so that reports of one pod keep their order.
    clock.after(this.world.reserveService() + timings.write, () => {
      if (replacement) this.#becomeNew(local, replacement, restarts);
      const { pod } = local;
      if (pod.gone) return;
      if (ready && !pod.ready) pod.readySecond = second;
      pod.running ||= running;
      pod.ready = ready;
      pod.everReady ||= ready;
      pod.restarts = restarts - local.restartsBefore;
      const alive: PodState = ready ? 'ready' : pod.everReady ? 'unready' : 'starting';
      if (!pod.deleting) this.world.ledger.enter(pod, ended ? 'crashed' : running ? alive : 'pending');
      if (ready) this.world.awaitAvailable(pod);
      this.world.notify(pod);
    });
  }

  /** Ends the lane of a bare Pod's old template and begins that of the new one. */
  #becomeNew(local: LocalPod, template: PodTemplate, restarts: number): void {
    const { pod: old } = local;
    this.#pods.delete(old);
    this.world.removePod(old);
    const pod = this.world.createPod(template, undefined);
    pod.node = old.node;
    local.pod = pod;
    local.restartsBefore = restarts;
    this.#pods.set(pod, local);
  }

  /** Stops the containers of a pod that is marked for deletion, then removes the pod. */
  #stop(pod: PodObject, local: LocalPod | undefined): void {
    if (local?.stopping) return;
    if (local) local.stopping = true;
    const { clock, timings } = this.world;
    const seconds = Math.max(0, ...(local?.containers ?? []).map((container) => container.stop()));
    clock.after(seconds + this.world.drawLatency(timings.cleanup), () => {
      this.#pods.delete(pod);
      this.world.removePod(pod);
    });
  }
}
