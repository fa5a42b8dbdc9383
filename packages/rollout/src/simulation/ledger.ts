import type { WorkloadEvent } from '../timeline/observations.ts';
import {
  toMillisecond,
  type Counts,
  type PodState,
  type Sample,
  type Version,
} from '../timeline/timeline.ts';
import type { Clock } from './clock.ts';
import type { PodObject } from './model.ts';

const createCounts = (): Counts => ({ total: 0, ready: 0, available: 0, terminating: 0 });

const areEqual = (a: Counts, b: Counts): boolean =>
  a.total === b.total &&
  a.ready === b.ready &&
  a.available === b.available &&
  a.terminating === b.terminating;

/** Returns the version of a pod: `old` for the template before the first change. */
export const getVersion = ({ revision }: PodObject): Version => (revision === 0 ? 'old' : 'new');

/** Records the states of pods, the counts and the events of a simulation. */
export class Ledger {
  readonly samples: Sample[] = [];
  readonly pods: PodObject[] = [];
  readonly events: WorkloadEvent[] = [];
  readonly counts: Record<Version, Counts> = { old: createCounts(), new: createCounts() };
  readonly #available = new Set<PodObject>();
  #terminating = 0;

  constructor(private readonly clock: Clock) {}

  /** Number of terminating pods of both versions. */
  get terminating(): number {
    return this.#terminating;
  }

  /** Records that a pod enters a state, or has another reason for it. Of several in one millisecond the last is kept. */
  enter(pod: PodObject, state: PodState, reason?: string): void {
    const last = pod.states.at(-1);
    if (last?.state === state && last.reason === reason) return;
    if (last) this.#count(pod, last.state, -1);
    else this.pods.push(pod);
    this.#count(pod, state, 1);
    const at = toMillisecond(this.clock.now);
    if (last?.at === at) pod.states.pop();
    pod.states.push({ at, state, ...(reason !== undefined && { reason }) });
    this.sample();
  }

  /** Records that a ready pod becomes available. */
  available(pod: PodObject): void {
    if (pod.states.at(-1)?.state !== 'ready' || this.#available.has(pod)) return;
    this.#available.add(pod);
    this.counts[getVersion(pod)].available += 1;
    this.sample();
  }

  /** Records a Kubernetes event about the object of this kind and name. */
  event(kind: string, name: string, reason: string, message: string, type = 'Normal'): void {
    this.events.push({ at: toMillisecond(this.clock.now), kind, name, type, reason, message });
  }

  /** Records the current counts if they changed. */
  sample(): void {
    const { counts, samples } = this;
    const at = toMillisecond(this.clock.now);
    if (samples.at(-1)?.at === at) samples.pop();
    const last = samples.at(-1);
    if (last && areEqual(last.old, counts.old) && areEqual(last.new, counts.new)) return;
    samples.push({ at, old: { ...counts.old }, new: { ...counts.new } });
  }

  #count(pod: PodObject, state: PodState, by: 1 | -1): void {
    if (state === 'gone') return;
    const counts = this.counts[getVersion(pod)];
    if (state === 'terminating') {
      counts.terminating += by;
      this.#terminating += by;
      return;
    }
    counts.total += by;
    if (state !== 'ready') return;
    counts.ready += by;
    if (by < 0 && this.#available.delete(pod)) counts.available -= 1;
  }
}
