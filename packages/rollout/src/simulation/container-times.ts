import type { ContainerSpec, Probe } from '../manifest/workload-spec.ts';
import { findTick, type Serving, type Ticks } from './probe-times.ts';
import type { Behaviour } from './timings.ts';
import type { World } from './world.ts';

/** The pod of a container, as its kubelet provides it. Units: seconds. */
export interface ContainerHost {
  /** Reports a change of the container's status. */
  readonly changed: () => void;
  /** Records a warning event about the pod. */
  readonly warn: (reason: string, message: string) => void;
  /** Grace period of the pod's termination. */
  readonly graceSeconds: number;
  /** When the kubelet admitted the pod. */
  readonly admittedAt: number;
  /** Time of one relist of the node's kubelet. */
  readonly relistFrom: number;
}

/** One process of a container. Times are in seconds since the change. */
export interface ContainerRun {
  readonly startedAt: number;
  /** Infinity for never. */
  readonly hangAt: number;
}

/** When the kubelet relists and probes a container. */
export class ContainerTimes {
  constructor(
    private readonly world: World,
    private readonly host: ContainerHost,
  ) {}

  /**
   * Returns the ticks of a probe's worker. They count from the admission of the pod, not from the start of
   * the container.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/prober_manager.go `AddPod`
   */
  getTicks({ periodSeconds }: Probe): Ticks {
    return { from: this.host.admittedAt, period: periodSeconds };
  }

  /**
   * Returns the end of `initialDelaySeconds`. The kubelet compares it with `startedAt` in the pod's status,
   * which has a resolution of one second.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/worker.go `doProbe`
   */
  getGate({ startedAt }: ContainerRun, { initialDelaySeconds }: Probe): number {
    if (initialDelaySeconds === 0) return startedAt;
    return this.world.toWallClockSecond(startedAt) + initialDelaySeconds;
  }

  /** Returns when a process passes its probes. */
  getServing({ startedAt, hangAt }: ContainerRun, { boot, startDelay }: Behaviour): Serving {
    return { from: startedAt + (boot + startDelay), until: hangAt };
  }

  /**
   * Returns the seconds until a process that is stopped now has ended: min(grace, preStop + drain), or the
   * grace period when SIGTERM reaches a process that hangs or still boots.
   */
  getStopSeconds(run: ContainerRun, spec: ContainerSpec, behaviour: Behaviour, grace: number): number {
    const { preStopSeconds } = spec;
    const sigtermAt = this.world.clock.now + preStopSeconds;
    const ignored = sigtermAt >= run.hangAt || sigtermAt < run.startedAt + behaviour.boot;
    return Math.min(grace, preStopSeconds + (ignored ? Infinity : behaviour.drain));
  }

  /** Returns the first relist at or after a time. */
  getRelist(time: number): number {
    const { relist } = this.world.timings;
    return relist === 0 ? time : findTick({ from: this.host.relistFrom, period: relist }, time);
  }
}
