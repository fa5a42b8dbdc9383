import type { ContainerSpec, Probe } from '../manifest/workload-spec.ts';
import { BackOff } from './back-off.ts';
import { ContainerTimes, type ContainerHost, type ContainerRun } from './container-times.ts';
import { findLivenessFailure, findReadyTime, findUnreadyTime, runStartupProbe } from './probe-times.ts';
import type { Behaviour } from './timings.ts';
import type { World } from './world.ts';

/** Duration of a successful readiness probe. */
const PROBE_SECONDS = 0.005;
/** Part of the restart latency after which a relist can see that a container exited. */
const EXIT_SHARE = 0.1;
/** Shortest time between two syncs of a pod that waits for its back-off. */
const SYNC_SECONDS = 10;

/** The run of a container that is stopped for good. */
const stopped: ContainerRun = { startedAt: Infinity, hangAt: Infinity };

/**
 * A container under its kubelet: it starts, passes or fails probes, exits, hangs, is killed and restarted.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kuberuntime/kuberuntime_manager.go `SyncPod`
 */
export class Container {
  state: 'waiting' | 'running' | 'ended' = 'waiting';
  ready = false;
  restarts = 0;
  #run: ContainerRun | undefined;
  /** When the previous process ended. */
  #endedAt: number | undefined;
  readonly #times: ContainerTimes;
  readonly #backOff = new BackOff();

  /** @param mayRestart false for `restartPolicy: Never` */
  constructor(
    private readonly world: World,
    private readonly host: ContainerHost,
    private spec: ContainerSpec,
    private behaviour: Behaviour,
    private readonly mayRestart: boolean,
  ) {
    this.#times = new ContainerTimes(world, host);
  }

  /** Starts the process after a delay in seconds. */
  start(delay: number): void {
    this.#after(delay, undefined, () => {
      const { clock } = this.world;
      const run = { startedAt: clock.now, hangAt: clock.now + (this.behaviour.hangAfter ?? Infinity) };
      this.#run = run;
      const { crashAfter } = this.behaviour;
      if (crashAfter !== undefined) this.#after(crashAfter, run, () => { this.#exited(run); }); // prettier-ignore
      this.#at(this.#times.getRelist(clock.now), run, () => { this.#detected(run); }); // prettier-ignore
    });
  }

  /** Adopts a process that was started and ready long before the change and never crashes or hangs. */
  adopt(): void {
    this.#run = { startedAt: -Infinity, hangAt: Infinity };
    this.state = 'running';
    this.ready = true;
  }

  /** Stops the container for good and returns the seconds until its process has ended. */
  stop(): number {
    const seconds = this.#getStopSeconds(this.host.graceSeconds);
    this.#run = stopped;
    return seconds;
  }

  /** Stops the container and starts it again with another spec. */
  replace(spec: ContainerSpec, behaviour: Behaviour, ended: () => void): void {
    this.#after(this.#getStopSeconds(this.host.graceSeconds), this.#run, () => {
      this.spec = spec;
      this.behaviour = behaviour;
      this.#restart();
      ended();
    });
  }

  /** The kubelet sees the process for the first time. */
  #detected(run: ContainerRun): void {
    this.state = 'running';
    const { startup } = this.spec;
    if (!startup) {
      this.#started(run);
      return;
    }
    this.host.changed();
    const from = Math.max(this.world.clock.now, this.#times.getGate(run, startup));
    const serving = this.#times.getServing(run, this.behaviour);
    const outcome = runStartupProbe(startup, this.#times.getTicks(startup), from, serving);
    this.#at(outcome.succeededAt, run, () => { this.#started(run); }); // prettier-ignore
    this.#at(outcome.failedAt, run, () => { this.#kill(run, startup, 'startup'); }); // prettier-ignore
  }

  /** The container counts as started: readiness and liveness probes begin. */
  #started(run: ContainerRun): void {
    const { readiness, liveness } = this.spec;
    const { now } = this.world.clock;
    const serving = this.#times.getServing(run, this.behaviour);
    if (readiness) {
      const ticks = this.#times.getTicks(readiness);
      const gate = this.#times.getGate(run, readiness);
      const readyAt = findReadyTime(readiness, ticks, now, gate, serving) + PROBE_SECONDS;
      const unreadyAt = Math.max(readyAt, findUnreadyTime(readiness, ticks, serving));
      this.#at(readyAt, run, () => { this.#setReady(true); }); // prettier-ignore
      this.#at(unreadyAt, run, () => {
        this.host.warn('Unhealthy', 'Readiness probe failed');
        this.#setReady(false);
      });
      this.host.changed();
    } else this.#setReady(true);
    if (liveness) {
      const from = Math.max(now, this.#times.getGate(run, liveness));
      const failedAt = findLivenessFailure(liveness, this.#times.getTicks(liveness), from, serving);
      this.#at(failedAt, run, () => { this.#kill(run, liveness, 'liveness'); }); // prettier-ignore
    }
  }

  #kill(run: ContainerRun, probe: Probe, name: 'startup' | 'liveness'): void {
    this.host.warn('Unhealthy', `${name === 'startup' ? 'Startup' : 'Liveness'} probe failed`);
    this.host.warn('Killing', `Container ${this.spec.name} failed ${name} probe, will be restarted`);
    const grace = probe.terminationGracePeriodSeconds ?? this.host.graceSeconds;
    this.#after(this.#getStopSeconds(grace), run, () => { this.#killed(run); }); // prettier-ignore
  }

  /**
   * Restarts a killed container in the same sync, unless the back-off of the end before still lasts: the
   * kubelet has not noticed this end yet.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kuberuntime/kuberuntime_manager.go `doBackOff`
   */
  #killed(run: ContainerRun): void {
    const { now } = this.world.clock;
    const before = this.#endedAt;
    this.#endedAt = now;
    if (before !== undefined && now - before < this.#backOff.waitFor(before)) {
      this.#ended(run, now);
      return;
    }
    if (before !== undefined) this.#backOff.next(before, now);
    this.#restart();
  }

  #exited(run: ContainerRun): void {
    const { clock, timings } = this.world;
    const endedAt = clock.now;
    this.#endedAt = endedAt;
    const seenAt = this.#times.getRelist(endedAt + timings.containerRestart * EXIT_SHARE);
    this.#at(seenAt, run, () => { this.#ended(run, endedAt); }); // prettier-ignore
  }

  #ended(run: ContainerRun, endedAt: number): void {
    this.state = 'ended';
    this.ready = false;
    this.host.changed();
    if (this.mayRestart) this.#restartAfterBackOff(run, endedAt);
  }

  #restartAfterBackOff(run: ContainerRun, endedAt: number): void {
    const { clock, random } = this.world;
    if (clock.now - endedAt < this.#backOff.waitFor(endedAt)) {
      this.host.warn('BackOff', `Back-off restarting failed container ${this.spec.name}`);
      const delay = SYNC_SECONDS * (1 + 0.5 * random());
      this.#after(delay, run, () => { this.#restartAfterBackOff(run, endedAt); }); // prettier-ignore
      return;
    }
    this.#backOff.next(endedAt, clock.now);
    this.#restart();
  }

  #restart(): void {
    this.#run = undefined;
    this.restarts += 1;
    this.ready = false;
    this.start(this.world.drawLatency(this.world.timings.containerRestart));
  }

  #getStopSeconds(grace: number): number {
    return this.#run ? this.#times.getStopSeconds(this.#run, this.spec, this.behaviour, grace) : 0;
  }

  #setReady(ready: boolean): void {
    this.ready = ready;
    this.host.changed();
  }

  #after(delay: number, run: ContainerRun | undefined, task: () => void): void {
    this.#at(this.world.clock.now + delay, run, task);
  }

  /** Runs a task at a time, unless the container has another process by then. */
  #at(time: number | undefined, run: ContainerRun | undefined, task: () => void): void {
    if (time === undefined || time === Infinity) return;
    this.world.clock.at(time, () => { if (this.#run === run) task(); }); // prettier-ignore
  }
}
