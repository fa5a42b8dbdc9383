import type { ContainerSpec, InitContainerSpec } from '../manifest/workload-spec.ts';
import { Container } from './container.ts';
import { ContainerTimes, type ContainerHost } from './container-times.ts';
import type { PodObject } from './model.ts';
import type { ProcessLife } from './process.ts';
import type { Behaviour } from './timings.ts';
import type { World } from './world.ts';

/** A kind of container: a sidecar is an init container that is restarted and runs until the pod ends. */
export type ContainerRole = 'container' | 'sidecar' | 'init';

/** What decides how the processes of a pod behave. */
export interface PodOrigin {
  /** Number of the pod template, 0 for the one before the first change. */
  readonly revision: number;
  /** True for a pod that was created before the first change. */
  readonly adopted: boolean;
}

/** Returns the behaviour of a container's process. */
export type Behaviours = (container: ContainerSpec, pod: PodOrigin, role: ContainerRole) => Behaviour;

/** One init container, by the order of its start. */
interface InitStep {
  /** Undefined for a container that must exit before the next one starts. */
  readonly sidecar: Container | undefined;
  /** How long a container that is no sidecar runs, in seconds. */
  readonly seconds: number;
}

/**
 * The containers of one pod. Init containers start one after another: the next one starts when a sidecar
 * counts as started or another init container has exited. The containers start last, together.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.29.0/pkg/kubelet/kuberuntime/kuberuntime_container.go `computeInitContainerActions`
 */
export class PodWorker {
  readonly containers: readonly Container[];
  readonly #inits: readonly InitStep[];
  readonly #sidecars: readonly Container[];
  readonly #times: ContainerTimes;
  readonly #serving: number;
  #stopping = false;

  constructor(
    private readonly world: World,
    host: ContainerHost,
    { template, revision }: PodObject,
    behaviours: Behaviours,
    adopted: boolean,
  ) {
    const { containers, initContainers, restarts } = template;
    const origin = { revision, adopted };
    const create = (spec: ContainerSpec, role: ContainerRole, mayRestart: boolean): Container =>
      new Container(world, host, spec, behaviours(spec, origin, role), mayRestart);
    const createStep = (spec: InitContainerSpec): InitStep =>
      spec.sidecar
        ? { sidecar: create(spec, 'sidecar', true), seconds: 0 }
        : { sidecar: undefined, seconds: behaviours(spec, origin, 'init').init };
    this.#times = new ContainerTimes(world, host);
    this.#serving = Math.max(
      0,
      containers.findIndex(({ hasPort }) => hasPort),
    );
    this.containers = containers.map((spec) => create(spec, 'container', restarts));
    this.#inits = initContainers.map(createStep);
    this.#sidecars = this.#inits.flatMap(({ sidecar }) => sidecar ?? []);
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** The processes of the container that serves requests: the first one with a port, or the first one. */
  get lives(): readonly ProcessLife[] {
    return this.containers[this.#serving]?.process.lives ?? [];
  }

  /** True when a container runs or has run. */
  get running(): boolean {
    return this.containers.some(({ state }) => state !== 'waiting');
  }

  /** True when a container has exited and waits for its restart. */
  get ended(): boolean {
    return this.containers.some(({ state }) => state === 'ended');
  }

  /** True when a container that has exited waits for its back-off. */
  get backsOff(): boolean {
    return this.containers.some(({ backsOff }) => backsOff);
  }

  /**
   * True when all containers and sidecars are ready.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.29.0/pkg/kubelet/status/generate.go `GenerateContainersReadyCondition`
   */
  get ready(): boolean {
    return [...this.containers, ...this.#sidecars].every((each) => each.ready);
  }

  /** Number of restarts of the containers. */
  get restarts(): number {
    return this.containers.reduce((sum, each) => sum + each.restarts, 0);
  }

  /** Returns true when a container that has not been restarted has ended, or will listen, crash or hang before a time. */
  expectsChange(before: number): boolean {
    if (this.#stopping) return false;
    return this.containers.some(
      ({ restarts, process }) =>
        restarts === 0 && (process.run?.ended === true || process.changesAt < before),
    );
  }

  /** Starts the pod's first container after a delay in seconds, and then the others. */
  start(delay: number): void {
    this.#startFrom(0, delay);
  }

  /** Adopts a pod whose containers have run since before the change. */
  adopt(): void {
    for (const each of [...this.containers, ...this.#sidecars]) each.adopt();
  }

  /**
   * Stops all containers for good: first the containers, then the sidecars, the last one first.
   *
   * @returns the seconds until all of them have ended
   * @see https://github.com/kubernetes/kubernetes/blob/v1.29.0/pkg/kubelet/kuberuntime/kuberuntime_termination_order.go
   */
  stop(): number {
    this.#stopping = true;
    const turn = Math.max(...this.containers.map((container) => container.stop()));
    return this.#sidecars.reduceRight((sum, sidecar) => Math.max(sum, sidecar.stop(sum)), turn);
  }

  #startFrom(index: number, delay: number): void {
    const { clock, timings } = this.world;
    const step = this.#inits[index];
    const next = (): void => {
      if (!this.#stopping) this.#startFrom(index + 1, this.world.drawLatency(timings.containerRestart));
    };
    if (!step) for (const container of this.containers) container.start(delay);
    else if (step.sidecar) step.sidecar.start(delay, next);
    else clock.at(this.#times.getExitSeen(clock.now + delay + step.seconds), next);
  }
}
