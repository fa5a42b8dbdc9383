import type { ContainerSpec, Probe } from '../manifest/workload-spec.ts';
import { BackOff, nextSync } from './back-off.ts';
import { ContainerTimes, type ContainerHost } from './container-times.ts';
import { Process, type ContainerRun } from './process.ts';
import type { Behaviour } from './timings.ts';
import type { World } from './world.ts';

/**
 * A container under its kubelet: it starts, passes or fails probes, exits, hangs, is killed and restarted.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kuberuntime/kuberuntime_manager.go `SyncPod`
 */
export class Container {
  state: 'waiting' | 'running' | 'ended' = 'waiting';
  ready = false;
  restarts = 0;
  /** True while an exited container waits for its back-off. */
  backsOff = false;
  readonly process: Process;
  /** When the previous process ended. */
  #endedAt: number | undefined;
  /** Runs when the container counts as started for the first time. */
  #onStarted: (() => void) | undefined;
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
    this.process = new Process(world.clock);
    this.#times = new ContainerTimes(world, host);
  }

  /** Starts the process after a delay in seconds. */
  start(delay: number, onStarted?: () => void): void {
    this.#onStarted ??= onStarted;
    this.process.after(delay, () => {
      const { now } = this.world.clock;
      const run = this.#begin(now);
      const seenAt = Math.max(this.#times.getRelist(now), now + this.spec.postStartSeconds);
      this.process.at(seenAt, () => { this.#detected(run); }); // prettier-ignore
    });
  }

  /** Adopts a process that has run since the pod was admitted, long before the change. */
  adopt(): void {
    const { startup, readiness } = this.spec;
    const run = this.#begin(this.host.admittedAt, this.host.faultsFrom);
    const serves = this.#times.getServing(run, this.behaviour).from <= this.world.clock.now;
    this.state = 'running';
    this.ready = serves || (!startup && !readiness);
    if (startup && !serves) this.#probeStartup(run, startup);
    else this.#probe(run);
  }

  /**
   * Stops the container for good.
   *
   * @param turn seconds until the containers that must end first have ended
   * @returns the seconds until its process has ended
   */
  stop(turn = 0): number {
    const seconds = this.#getStopSeconds(this.host.graceSeconds, turn);
    this.process.endForGood(seconds, this.#times.isDrained(seconds, this.spec, this.behaviour, turn));
    return seconds;
  }

  /** Stops the container and starts it again with another spec. */
  replace(spec: ContainerSpec, behaviour: Behaviour, ended: () => void): void {
    this.process.stop(this.#getStopSeconds(this.host.graceSeconds), () => {
      this.spec = spec;
      this.behaviour = behaviour;
      this.#restart();
      ended();
    });
  }

  /** Begins a process. Its crash or hang counts from its start, or from another time. */
  #begin(startedAt: number, faultsFrom = startedAt): ContainerRun {
    return this.process.begin(startedAt, faultsFrom, this.behaviour, () => { this.#exited(); }); // prettier-ignore
  }

  /** The kubelet sees the process for the first time. */
  #detected(run: ContainerRun): void {
    this.state = 'running';
    const { startup } = this.spec;
    if (startup) {
      this.host.changed();
      this.#probeStartup(run, startup);
    } else this.#started(run);
  }

  #probeStartup(run: ContainerRun, startup: Probe): void {
    const { succeededAt, failedAt } = this.#times.getStartup(run, startup, this.behaviour);
    this.process.at(succeededAt, () => { this.#started(run); }); // prettier-ignore
    this.process.at(failedAt, () => { this.#kill(startup, 'startup'); }); // prettier-ignore
  }

  /** The container counts as started: readiness and liveness probes begin. */
  #started(run: ContainerRun): void {
    if (!this.spec.readiness) this.ready = true;
    this.host.changed();
    this.#onStarted?.();
    this.#onStarted = undefined;
    this.#probe(run);
  }

  /** Runs the readiness and the liveness probe until the process ends. */
  #probe(run: ContainerRun): void {
    const { spec, behaviour } = this;
    const { readiness, liveness } = spec;
    if (readiness) {
      const readyAt = this.ready ? 0 : this.#times.getReadyTime(run, readiness, behaviour);
      const unreadyAt = Math.max(readyAt, this.#times.getUnreadyTime(run, readiness, behaviour));
      if (!this.ready) this.process.at(readyAt, () => { this.#setReady(true); }); // prettier-ignore
      this.process.at(unreadyAt, () => {
        this.host.warn('Unhealthy', 'Readiness probe failed');
        this.#setReady(false);
      });
    }
    if (liveness) {
      const failedAt = this.#times.getLivenessFailure(run, liveness, behaviour);
      this.process.at(failedAt, () => { this.#kill(liveness, 'liveness'); }); // prettier-ignore
    }
  }

  #kill(probe: Probe, name: 'startup' | 'liveness'): void {
    this.host.warn('Unhealthy', `${name === 'startup' ? 'Startup' : 'Liveness'} probe failed`);
    this.host.warn('Killing', `Container ${this.spec.name} failed ${name} probe, will be restarted`);
    const grace = probe.terminationGracePeriodSeconds ?? this.host.graceSeconds;
    this.process.stop(this.#getStopSeconds(grace), () => { this.#killed(); }); // prettier-ignore
  }

  /**
   * Restarts a killed container in the same sync, unless the back-off of the end before still lasts: the
   * kubelet has not noticed this end yet.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kuberuntime/kuberuntime_manager.go `doBackOff`
   */
  #killed(): void {
    const { now } = this.world.clock;
    const before = this.#endedAt;
    this.#endedAt = now;
    const backsOff = before !== undefined && now - before < this.#backOff.waitFor(before);
    if (backsOff || !this.mayRestart) this.#ended(now);
    else {
      if (before !== undefined) this.#backOff.next(before, now);
      this.#restart();
    }
  }

  /** The process exits by itself; the kubelet sees that at a relist. */
  #exited(): void {
    const endedAt = this.world.clock.now;
    this.#endedAt = endedAt;
    this.process.at(this.#times.getExitSeen(endedAt), () => { this.#ended(endedAt); }); // prettier-ignore
  }

  #ended(endedAt: number): void {
    this.state = 'ended';
    this.ready = false;
    this.backsOff = this.mayRestart && this.world.clock.now - endedAt < this.#backOff.waitFor(endedAt);
    this.host.changed();
    if (this.mayRestart) this.#restartAfterBackOff(endedAt);
  }

  #restartAfterBackOff(endedAt: number): void {
    const { clock, random } = this.world;
    this.backsOff = clock.now - endedAt < this.#backOff.waitFor(endedAt);
    if (this.backsOff) {
      this.host.warn('BackOff', `Back-off restarting failed container ${this.spec.name}`);
      this.process.after(nextSync(random), () => { this.#restartAfterBackOff(endedAt); }); // prettier-ignore
      return;
    }
    this.#backOff.next(endedAt, clock.now);
    this.#restart();
  }

  #restart(): void {
    this.process.clear();
    this.restarts += 1;
    this.ready = false;
    this.start(this.world.drawLatency(this.world.timings.containerRestart));
  }

  #getStopSeconds(grace: number, turn = 0): number {
    const { run } = this.process;
    return run ? this.#times.getStopSeconds(run, this.spec, this.behaviour, grace, turn) : 0;
  }

  #setReady(ready: boolean): void {
    this.ready = ready;
    this.host.changed();
  }
}
