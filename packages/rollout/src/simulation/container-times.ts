import type { ContainerSpec, Probe } from '../manifest/workload-spec.ts';
import {
  findLivenessFailure,
  findReadyTime,
  findTick,
  findUnreadyTime,
  runStartupProbe,
  type Serving,
  type StartupOutcome,
  type Ticks,
} from './probe-times.ts';
import type { ContainerRun } from './process.ts';
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
  /** From when the crash and the hang of a process count that has run since before the change. */
  readonly faultsFrom: number;
  /** Time of one relist of the node's kubelet. */
  readonly relistFrom: number;
}

/** Duration of a successful readiness probe. */
const PROBE_SECONDS = 0.005;
/**
 * Part of the restart latency after which a relist can see that a container exited. With it, the API server knows of an
 * exit after 0.7 s in the mean. Recorded in docs/evidence (3-late-start-and-crash) and docs/evidence/soak: 0.4 to
 * 1.1 s, 0.75 s in the mean of 7.
 */
const EXIT_SHARE = 0.5;
/** Shortest time between SIGTERM and SIGKILL, even if the grace period is over. */
const MINIMUM_GRACE_PERIOD_SECONDS = 2;

/** Returns the seconds until a process that is stopped now gets SIGTERM. */
const getSigtermSeconds = ({ preStopSeconds }: ContainerSpec, grace: number, turn: number): number =>
  Math.min(grace, Math.max(preStopSeconds, turn));

/** When the kubelet relists, probes and stops a container. All times are in seconds since the change. */
export class ContainerTimes {
  constructor(
    private readonly world: World,
    private readonly host: ContainerHost,
  ) {}

  /** Returns when a process passes its probes. */
  getServing({ startedAt, hangAt }: ContainerRun, { boot, startDelay }: Behaviour): Serving {
    return { from: startedAt + (boot + startDelay), until: hangAt };
  }

  /** Returns the result of the startup probe of a process that the kubelet sees now. */
  getStartup(run: ContainerRun, probe: Probe, behaviour: Behaviour): StartupOutcome {
    return runStartupProbe(
      probe,
      this.#ticks(probe),
      this.#from(run, probe),
      this.getServing(run, behaviour),
    );
  }

  /** Returns when a process that has started now passes its readiness probe. */
  getReadyTime(run: ContainerRun, probe: Probe, behaviour: Behaviour): number {
    const serving = this.getServing(run, behaviour);
    const gate = this.#gate(run, probe);
    return findReadyTime(probe, this.#ticks(probe), this.world.clock.now, gate, serving) + PROBE_SECONDS;
  }

  /** Returns when a process that hangs has failed its readiness probe. */
  getUnreadyTime(run: ContainerRun, probe: Probe, behaviour: Behaviour): number {
    return findUnreadyTime(probe, this.#ticks(probe), this.getServing(run, behaviour));
  }

  /** Returns when a process that has started now fails its liveness probe. */
  getLivenessFailure(run: ContainerRun, probe: Probe, behaviour: Behaviour): number {
    const serving = this.getServing(run, behaviour);
    return findLivenessFailure(probe, this.#ticks(probe), this.#from(run, probe), serving);
  }

  /**
   * Returns the seconds until a process that is stopped now has ended. The grace period covers the hook,
   * the turn of the container and the process; a process that the kubelet signals has at least 2 s.
   *
   * Grace period 30 s, hook 10 s, drain 6 s: 16 s. Hook without end: SIGTERM after 30 s, the end after
   * 32 s at the latest. SIGTERM does not end a process that hangs or still boots: SIGKILL after 30 s.
   *
   * @param turn seconds until the containers that must end first have ended
   * @see https://github.com/kubernetes/kubernetes/blob/v1.29.0/pkg/kubelet/kuberuntime/kuberuntime_container.go `killContainer`
   */
  getStopSeconds(
    run: ContainerRun,
    spec: ContainerSpec,
    behaviour: Behaviour,
    grace: number,
    turn: number,
  ): number {
    if (run.ended) return 0;
    const { now } = this.world.clock;
    const sigterm = getSigtermSeconds(spec, grace, turn);
    const exit = sigterm + behaviour.drain;
    const ignored = now + sigterm < run.startedAt + behaviour.boot || now + exit >= run.hangAt;
    const kill = sigterm + Math.max(MINIMUM_GRACE_PERIOD_SECONDS, grace - sigterm);
    return Math.min(ignored ? kill : Math.min(kill, exit), Math.max(0, run.exitAt - now));
  }

  /** Returns whether a process that ends after some seconds ends by itself, after its drain. */
  isDrained(seconds: number, spec: ContainerSpec, { drain }: Behaviour, turn: number): boolean {
    return drain > 0 && seconds === getSigtermSeconds(spec, this.host.graceSeconds, turn) + drain;
  }

  /** Returns the first relist at or after a time. */
  getRelist(time: number): number {
    const { relist } = this.world.timings;
    return relist === 0 ? time : findTick({ from: this.host.relistFrom, period: relist }, time);
  }

  /** Returns the first relist that sees that a process has exited. */
  getExitSeen(endedAt: number): number {
    return this.getRelist(endedAt + this.world.timings.containerRestart * EXIT_SHARE);
  }

  /**
   * Returns the ticks of a probe's worker. They count from the admission of the pod, not from the start of
   * the container.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/prober_manager.go `AddPod`
   */
  #ticks({ periodSeconds }: Probe): Ticks {
    return { from: this.host.admittedAt, period: periodSeconds };
  }

  /** Returns from when a worker probes a process. */
  #from(run: ContainerRun, probe: Probe): number {
    return Math.max(this.world.clock.now, this.#gate(run, probe));
  }

  /**
   * Returns the end of `initialDelaySeconds`. The kubelet compares it with `startedAt` in the pod's status,
   * which has a resolution of one second.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/worker.go `doProbe`
   */
  #gate({ startedAt }: ContainerRun, { initialDelaySeconds }: Probe): number {
    if (initialDelaySeconds === 0) return startedAt;
    return this.world.toWallClockSecond(startedAt) + initialDelaySeconds;
  }
}
