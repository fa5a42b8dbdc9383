import type { WorkloadEvent } from '../timeline/observations';
import type { Counts, PodState, Sample, Version } from '../timeline/timeline';
import type { Clock } from './clock';
import type { PodObject } from './objects';

const zero = (): Counts => ({ total: 0, ready: 0, available: 0, terminating: 0 });

/** Times are told in milliseconds: two things in one are told as one. */
export const told = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const same = (a: Counts, b: Counts): boolean =>
  a.total === b.total &&
  a.ready === b.ready &&
  a.available === b.available &&
  a.terminating === b.terminating;

export const versionOf = ({ revision }: PodObject): Version => (revision === 0 ? 'old' : 'new');

/** Writes down what happens to pods: their lanes, and the counts over time. */
export class Ledger {
  readonly samples: Sample[] = [];
  readonly pods: PodObject[] = [];
  readonly events: WorkloadEvent[] = [];
  readonly counts: Record<Version, Counts> = { old: zero(), new: zero() };
  readonly #available = new Set<PodObject>();
  #deleting = 0;

  constructor(private readonly clock: Clock) {}

  /** Pods that are marked for deletion and still there. */
  get terminating(): number {
    return this.#deleting;
  }

  /** The pod is in a state from now on. */
  enter(pod: PodObject, state: PodState): void {
    const last = pod.states.at(-1);
    if (last?.state === state) return;
    if (last) this.#count(pod, last.state, -1);
    else this.pods.push(pod);
    this.#count(pod, state, 1);
    const at = told(this.clock.now);
    if (last?.at === at) pod.states.pop();
    pod.states.push({ at, state });
    this.sample();
  }

  /** The pod has been ready for long enough. */
  available(pod: PodObject): void {
    if (pod.states.at(-1)?.state !== 'ready' || this.#available.has(pod)) return;
    this.#available.add(pod);
    this.counts[versionOf(pod)].available += 1;
    this.sample();
  }

  event(kind: string, name: string, reason: string, message: string, type = 'Normal'): void {
    this.events.push({ at: told(this.clock.now), kind, name, type, reason, message });
  }

  /** Takes the counts of now. */
  sample(): void {
    const { counts, samples } = this;
    const at = told(this.clock.now);
    if (samples.at(-1)?.at === at) samples.pop();
    const last = samples.at(-1);
    if (last && same(last.old, counts.old) && same(last.new, counts.new)) return;
    samples.push({ at, old: { ...counts.old }, new: { ...counts.new } });
  }

  #count(pod: PodObject, state: PodState, by: 1 | -1): void {
    if (state === 'gone') return;
    const counts = this.counts[versionOf(pod)];
    if (state === 'terminating') {
      counts.terminating += by;
      this.#deleting += by;
      return;
    }
    counts.total += by;
    if (state !== 'ready') return;
    counts.ready += by;
    if (by < 0 && this.#available.delete(pod)) counts.available -= 1;
  }
}
