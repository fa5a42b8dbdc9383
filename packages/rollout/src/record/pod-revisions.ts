import type { Version } from '../timeline/timeline.ts';
import type { Controller, PodTemplate, WorkloadObject } from './api-objects.ts';
import type { PodRecord } from './pods.ts';
import { RevisionHistory } from './revision-history.ts';

/** The revision of each pod: that of its ReplicaSet's template, or that of its own spec if the ReplicaSet is unknown. */
export class PodRevisions {
  readonly #history = new RevisionHistory();
  readonly #templates = new Map<string, PodTemplate>();
  #known = new Map<string | PodRecord, number>();

  /** Adds the template that the workload asks for. */
  addWorkload(workload: WorkloadObject): void {
    if (this.#history.add(workload)) this.#known = new Map();
  }

  /** Adds the template of a ReplicaSet. */
  addReplicaSet({ metadata: { uid }, spec: { template } }: Controller): void {
    this.#templates.set(uid, template);
  }

  /** Returns the version of a pod: revision 0 is old, any other is new. */
  versionOf(record: PodRecord): Version {
    return this.revisionOf(record) === 0 ? 'old' : 'new';
  }

  /** Returns the revision of a pod. */
  revisionOf(record: PodRecord): number {
    const { owner = '', pod } = record;
    const template = this.#templates.get(owner);
    const key = template ? owner : record;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const revision = template ? this.#history.ofTemplate(template) : this.#history.ofPod(pod);
    this.#known.set(key, revision);
    return revision;
  }
}
