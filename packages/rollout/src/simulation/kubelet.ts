import type { ContainerSpec, PodTemplate } from '../manifest/workload-spec';
import type { PodState } from '../timeline/timeline';
import { Container } from './container';
import type { PodObject } from './objects';
import type { Revisions } from './revisions';
import type { Behaviour } from './timings';
import type { World } from './world';

/** How the processes of a container behave, by the revision of their pod's template. */
export type Behaviours = (container: ContainerSpec, revision: number) => Behaviour;

interface Local {
  /** A bare pod whose containers are replaced becomes another here. */
  pod: PodObject;
  next: PodTemplate | undefined;
  readonly containers: readonly Container[];
  restartsBefore: number;
  stopping: boolean;
}

/**
 * Runs the pods that have a node, and reports what becomes of them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kubelet.go
 */
export class Kubelet {
  readonly #pods = new Map<PodObject, Local>();
  readonly #relists: number[] = [];

  constructor(
    private readonly world: World,
    private readonly behaviours: Behaviours,
    private readonly revisions: Revisions,
  ) {
    world.onPod((pod) => {
      if (pod.node === undefined || pod.gone) return;
      const local = this.#pods.get(pod);
      if (pod.deleting) this.#stop(pod, local);
      else if (!local) this.#begin(pod);
    });
  }

  /** A pod that has been there, and ready, since before the change. */
  adopt(pod: PodObject): void {
    for (const container of this.#admit(pod).containers) container.adopt();
  }

  /** Puts other containers in the place of a bare pod's. */
  replace(old: PodObject, next: PodTemplate): void {
    const revision = this.revisions.of(next);
    const local = this.#pods.get(old);
    for (const [index, spec] of next.containers.entries()) {
      if (!local || old.template.containers[index]?.image === spec.image) continue;
      local.containers[index]?.replace(spec, this.behaviours(spec, revision), () => { local.next = next; }); // prettier-ignore
    }
  }

  #admit(pod: PodObject): Local {
    const { world } = this;
    const { clock, ledger } = world;
    const { containers, graceSeconds, restarts } = pod.template;
    const host = {
      changed: () => { this.#report(local); }, // prettier-ignore
      warn: (reason: string, message: string) => { ledger.event('Pod', pod.name, reason, message, 'Warning'); }, // prettier-ignore
      graceSeconds,
      admittedAt: clock.now,
      relistFrom: this.#relistFrom(pod.node ?? 0),
    };
    const local: Local = {
      pod,
      next: undefined,
      containers: containers.map(
        (spec) => new Container(world, host, spec, this.behaviours(spec, pod.revision), restarts),
      ),
      restartsBefore: 0,
      stopping: false,
    };
    this.#pods.set(pod, local);
    return local;
  }

  /** Each node's kubelet looks at its containers at times of its own. */
  #relistFrom(node: number): number {
    const { random, timings } = this.world;
    const from = this.#relists[node] ?? -random() * timings.relist;
    this.#relists[node] = from;
    return from;
  }

  #begin(pod: PodObject): void {
    const { world } = this;
    const delay = world.wait(world.timings.containerStart) * (1 + pod.template.initContainers);
    for (const container of this.#admit(pod).containers) container.start(delay);
  }

  /** Tells the API server what the pod is doing. */
  #report(local: Local): void {
    const { containers, stopping, next } = local;
    if (stopping) return;
    const { clock, timings } = this.world;
    const running = containers.some(({ state }) => state !== 'waiting');
    const ready = containers.every((each) => each.ready);
    const ended = containers.some(({ state }) => state === 'ended');
    const restarts = containers.reduce((sum, each) => sum + each.restarts, 0);
    const second = this.world.wholeSecond(clock.now);
    local.next = undefined;
    // reports of one pod keep their order
    clock.after(this.world.served() + timings.write, () => {
      if (next) this.#become(local, next, restarts);
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
      this.world.touched(pod);
    });
  }

  #become(local: Local, template: PodTemplate, restarts: number): void {
    const { pod: old } = local;
    this.#pods.delete(old);
    this.world.removePod(old);
    const pod = this.world.createPod(template, this.revisions.of(template), undefined);
    pod.node = old.node;
    local.pod = pod;
    local.restartsBefore = restarts;
    this.#pods.set(pod, local);
  }

  #stop(pod: PodObject, local: Local | undefined): void {
    if (local?.stopping) return;
    if (local) local.stopping = true;
    const { clock, timings } = this.world;
    const seconds = Math.max(0, ...(local?.containers ?? []).map((container) => container.stop()));
    clock.after(seconds + this.world.wait(timings.cleanup), () => {
      this.#pods.delete(pod);
      this.world.removePod(pod);
    });
  }
}
