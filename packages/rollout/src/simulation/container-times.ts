import type { Probe } from '../manifest/workload-spec';
import { tickFrom, type Serving, type Ticks } from './probe-times';
import type { World } from './world';

/** Whom a container tells of what becomes of it. */
export interface Host {
  /** What the kubelet reports of it has changed. */
  readonly changed: () => void;
  readonly warn: (reason: string, message: string) => void;
  /** How long it may take to end, once it has been told to. */
  readonly graceSeconds: number;
  /** When the kubelet began to work on its pod. */
  readonly admittedAt: number;
  /** Offset of the kubelet's looks at the container runtime. */
  readonly relistFrom: number;
}

/** One process of a container. */
export interface Run {
  readonly startedAt: number;
  readonly hangAt: number;
}

/** When the kubelet of a container looks at it, and asks it. */
export class ContainerTimes {
  constructor(
    private readonly world: World,
    private readonly host: Host,
  ) {}

  /** A probe's worker asks from when the kubelet began to work on the pod, whenever containers start. */
  ticks({ periodSeconds }: Probe): Ticks {
    return { from: this.host.admittedAt, period: periodSeconds };
  }

  /** When a probe's initial delay is over; the kubelet reads the start in whole seconds. */
  gate({ startedAt }: Run, { initialDelaySeconds }: Probe): number {
    return initialDelaySeconds === 0 ? startedAt : this.world.wholeSecond(startedAt) + initialDelaySeconds;
  }

  serving({ startedAt, hangAt }: Run, startDelay: number): Serving {
    return { from: startedAt + startDelay, until: hangAt };
  }

  /** When the kubelet next looks at what the container runtime does. */
  relist(time: number): number {
    const { relist } = this.world.timings;
    return relist === 0 ? time : tickFrom({ from: this.host.relistFrom, period: relist }, time);
  }
}
