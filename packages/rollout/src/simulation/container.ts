import type { ContainerSpec, Probe } from '../manifest/workload-spec';
import { BackOff } from './back-off';
import { ContainerTimes, type Host, type Run } from './container-times';
import { livenessFailedAt, readyAt, startupOutcome, unreadyAt } from './probe-times';
import type { Behaviour } from './timings';
import type { World } from './world';

/** What asking a process that answers takes. */
const ANSWER_SECONDS = 0.005;

/** What runs in a container that has been stopped for good. */
const stopped: Run = { startedAt: Infinity, hangAt: Infinity };

/**
 * One container of a pod under its kubelet: it starts, is asked, crashes, hangs, is
 * killed and started again.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/kuberuntime/kuberuntime_manager.go `SyncPod`
 */
export class Container {
  state: 'waiting' | 'running' | 'ended' = 'waiting';
  ready = false;
  restarts = 0;
  #run: Run | undefined;
  /** When its last process ended. */
  #endedAt: number | undefined;
  readonly #times: ContainerTimes;
  readonly #backOff = new BackOff();

  constructor(
    private readonly world: World,
    private readonly host: Host,
    private spec: ContainerSpec,
    private behaviour: Behaviour,
    private readonly mayRestart: boolean,
  ) {
    this.#times = new ContainerTimes(world, host);
  }

  /** Starts its process after a delay. */
  start(delay: number): void {
    this.#later(delay, undefined, () => {
      const { clock } = this.world;
      const run = { startedAt: clock.now, hangAt: clock.now + (this.behaviour.hangAfter ?? Infinity) };
      this.#run = run;
      const { crashAfter } = this.behaviour;
      if (crashAfter !== undefined) this.#later(crashAfter, run, () => { this.#exited(run); }); // prettier-ignore
      clock.at(this.#times.relist(clock.now), () => { if (this.#run === run) this.#detected(run); }); // prettier-ignore
    });
  }

  /** Takes it as running and ready for long, with nothing to come but its end. */
  adopt(): void {
    this.#run = { startedAt: -Infinity, hangAt: Infinity };
    this.state = 'running';
    this.ready = true;
  }

  /** Ends it for good; seconds until its process has ended. */
  stop(): number {
    const seconds = this.#stopSeconds(this.host.graceSeconds);
    this.#run = stopped;
    return seconds;
  }

  /** Replaces it by one of another spec, in place. */
  replace(spec: ContainerSpec, behaviour: Behaviour, ended: () => void): void {
    const seconds = this.#stopSeconds(this.host.graceSeconds);
    this.#later(seconds, this.#run, () => {
      this.spec = spec;
      this.behaviour = behaviour;
      this.#restart();
      ended();
    });
  }

  #detected(run: Run): void {
    this.state = 'running';
    const { startup } = this.spec;
    if (!startup) {
      this.#started(run);
      return;
    }
    this.host.changed();
    const now = Math.max(this.world.clock.now, this.#times.gate(run, startup));
    const outcome = startupOutcome(
      startup,
      this.#times.ticks(startup),
      now,
      this.#times.serving(run, this.behaviour.boot + this.behaviour.startDelay),
    );
    this.#at(outcome.succeededAt, run, () => { this.#started(run); }); // prettier-ignore
    this.#at(outcome.failedAt, run, () => { this.#kill(run, startup, 'startup'); }); // prettier-ignore
  }

  #started(run: Run): void {
    const { readiness, liveness } = this.spec;
    const { now } = this.world.clock;
    const serving = this.#times.serving(run, this.behaviour.boot + this.behaviour.startDelay);
    if (readiness) {
      const ticks = this.#times.ticks(readiness);
      const at = readyAt(readiness, ticks, now, this.#times.gate(run, readiness), serving) + ANSWER_SECONDS;
      this.#at(at, run, () => { this.#setReady(true); }); // prettier-ignore
      this.#at(Math.max(at, unreadyAt(readiness, ticks, serving)), run, () => {
        this.host.warn('Unhealthy', 'Readiness probe failed');
        this.#setReady(false);
      });
      this.host.changed();
    } else this.#setReady(true);
    if (liveness) {
      const from = Math.max(now, this.#times.gate(run, liveness));
      const failed = livenessFailedAt(liveness, this.#times.ticks(liveness), from, serving);
      this.#at(failed, run, () => { this.#kill(run, liveness, 'liveness'); }); // prettier-ignore
    }
  }

  #kill(run: Run, probe: Probe, name: string): void {
    this.host.warn('Unhealthy', `${name[0]?.toUpperCase() ?? ''}${name.slice(1)} probe failed`);
    this.host.warn('Killing', `Container ${this.spec.name} failed ${name} probe, will be restarted`);
    const grace = probe.terminationGracePeriodSeconds ?? this.host.graceSeconds;
    this.#later(this.#stopSeconds(grace), run, () => { this.#killed(run); }); // prettier-ignore
  }

  /**
   * A container that was killed is started again in the same go, unless the back-off of the
   * one that ended before it still lasts: of its own end the kubelet does not know yet.
   */
  #killed(run: Run): void {
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

  #ended(run: Run, endedAt: number): void {
    this.state = 'ended';
    this.ready = false;
    this.host.changed();
    if (this.mayRestart) this.#tryAgain(run, endedAt);
  }

  #exited(run: Run): void {
    const { clock, timings } = this.world;
    const endedAt = clock.now;
    this.#endedAt = endedAt;
    clock.at(this.#times.relist(endedAt + timings.containerRestart * 0.1), () => {
      if (this.#run === run) this.#ended(run, endedAt);
    });
  }

  #tryAgain(run: Run, endedAt: number): void {
    const { clock, random } = this.world;
    if (clock.now - endedAt < this.#backOff.waitFor(endedAt)) {
      this.host.warn('BackOff', `Back-off restarting failed container ${this.spec.name}`);
      this.#later(10 * (1 + 0.5 * random()), run, () => { this.#tryAgain(run, endedAt); }); // prettier-ignore
      return;
    }
    this.#backOff.next(endedAt, clock.now);
    this.#restart();
  }

  #restart(): void {
    this.#run = undefined;
    this.restarts += 1;
    this.ready = false;
    this.start(this.world.wait(this.world.timings.containerRestart));
  }

  #stopSeconds(grace: number): number {
    const run = this.#run;
    if (!run) return 0;
    const { preStopSeconds } = this.spec;
    const { boot, drain } = this.behaviour;
    const hooked = this.world.clock.now + preStopSeconds;
    const deaf = hooked >= run.hangAt || hooked < run.startedAt + boot;
    return Math.min(grace, preStopSeconds + (deaf ? Infinity : drain));
  }

  #setReady(ready: boolean): void {
    this.ready = ready;
    this.host.changed();
  }

  #later(delay: number, run: Run | undefined, task: () => void): void {
    this.#at(this.world.clock.now + delay, run, task);
  }

  /** Does something unless its process is another by then. */
  #at(time: number | undefined, run: Run | undefined, task: () => void): void {
    if (time === undefined || time === Infinity) return;
    this.world.clock.at(time, () => { if (this.#run === run) task(); }); // prettier-ignore
  }
}
