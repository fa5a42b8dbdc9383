import type { WorkloadEvent } from '../timeline/observations';
import type { ClusterEvent } from './objects';

/** More events than this are counted, not kept. */
const MAX_EVENTS = 1000;
/** What every pod goes through, and its lane shows. */
const COMMONPLACE = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);

/** The cluster's events about a set of objects. */
export class EventLog {
  readonly events: WorkloadEvent[] = [];
  readonly #about = new Set<string>();
  #dropped = 0;

  /** Events about this object matter from now on. */
  concern(uid: string): void {
    this.#about.add(uid);
  }

  note(at: number, { involvedObject, type, reason = '', message = '', count }: ClusterEvent): void {
    const { kind, name, uid = '' } = involvedObject;
    if (!this.#about.has(uid) || COMMONPLACE.has(reason)) return;
    if (this.events.length >= MAX_EVENTS) {
      this.#dropped += 1;
      return;
    }
    const told = { at, kind, name, reason, message: message.trim() };
    this.events.push({ ...told, ...(type !== undefined && { type }), ...(count !== undefined && { count }) });
  }

  /** What to say of the events that were not kept. */
  get loss(): string | undefined {
    return this.#dropped > 0 ? `${this.#dropped} more events were not kept` : undefined;
  }
}
