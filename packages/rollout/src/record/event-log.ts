import type { WorkloadEvent } from '../timeline/observations.ts';
import type { ClusterEvent } from './api-objects.ts';

/** Events beyond this number are counted but not kept. */
const MAX_EVENTS = 1000;
/** Events of every pod, which its lane shows already. */
const IGNORED_REASONS = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);

/** The Kubernetes events about a set of objects. */
export class EventLog {
  readonly events: WorkloadEvent[] = [];
  readonly #uids = new Set<string>();
  #dropped = 0;

  /** Keeps the events about an object from now on. */
  include(uid: string): void {
    this.#uids.add(uid);
  }

  /** Adds an event if it is about one of the objects. */
  add(at: number, { involvedObject, type, reason = '', message = '', count }: ClusterEvent): void {
    const { kind, name, uid = '' } = involvedObject;
    if (!this.#uids.has(uid) || IGNORED_REASONS.has(reason)) return;
    if (this.events.length >= MAX_EVENTS) {
      this.#dropped += 1;
      return;
    }
    this.events.push({
      at,
      kind,
      name,
      reason,
      message: message.trim(),
      ...(type !== undefined && { type }),
      ...(count !== undefined && { count }),
    });
  }

  /** Reports how many events were not kept, if any. */
  get loss(): string | undefined {
    return this.#dropped > 0 ? `${this.#dropped} more events were not kept` : undefined;
  }
}
