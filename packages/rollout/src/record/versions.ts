import type { Version } from '../timeline/timeline';
import type { Controller, PodTemplate, Workload } from './objects';
import type { PodRecord } from './pods';
import { Revisions } from './revisions';

export const versionOf = (revision: number): Version => (revision === 0 ? 'old' : 'new');

/** Which revision each pod is of: what its ReplicaSet's template says, else what it looks like itself. */
export class Versions {
  readonly #revisions = new Revisions();
  readonly #templates = new Map<string, PodTemplate>();
  #known = new Map<string | PodRecord, number>();

  /** The workload asks for a template. */
  asked(workload: Workload): void {
    if (this.#revisions.ask(workload)) this.#known = new Map();
  }

  /** A ReplicaSet of the Deployment's exists. */
  replicaSet({ metadata: { uid }, spec: { template } }: Controller): void {
    this.#templates.set(uid, template);
  }

  revisionOf(record: PodRecord): number {
    const { owner = '', pod } = record;
    const template = this.#templates.get(owner);
    const key = template ? owner : record;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const revision = template ? this.#revisions.ofTemplate(template) : this.#revisions.ofPod(pod);
    this.#known.set(key, revision);
    return revision;
  }
}
