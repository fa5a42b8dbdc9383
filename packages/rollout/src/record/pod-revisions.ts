import type { Version } from '../timeline/timeline.ts';
import {
  isController,
  isControllerRevision,
  type KubernetesObject,
  type PodTemplate,
  type WorkloadObject,
} from './api-objects.ts';
import type { PodRecord } from './pods.ts';
import { RevisionHistory } from './revision-history.ts';

/** The label with the revision of a pod of a StatefulSet (its name) or of a DaemonSet (its hash). */
const REVISION_LABEL = 'controller-revision-hash';

/**
 * The revision of each pod: that of the template of its ReplicaSet or ControllerRevision, or that of its own
 * spec if this is unknown.
 */
export class PodRevisions {
  readonly #history = new RevisionHistory();
  readonly #templates = new Map<string, PodTemplate>();
  #known = new Map<string | PodRecord, number>();

  /** Adds the template that the workload asks for. */
  addWorkload(workload: WorkloadObject): void {
    if (this.#history.add(workload)) this.#known = new Map();
  }

  /** Adds the template of a ReplicaSet or ControllerRevision. */
  addRevision(object: KubernetesObject): void {
    const { uid, name, labels } = object.metadata;
    if (isController(object)) this.#templates.set(uid, object.spec.template);
    const template = isControllerRevision(object) ? object.data?.spec?.template : undefined;
    if (!template) return;
    for (const key of [name, labels?.[REVISION_LABEL]]) {
      if (key !== undefined) this.#templates.set(key, template);
    }
  }

  /** Returns the version of a pod: revision 0 is old, any other is new. */
  versionOf(record: PodRecord): Version {
    return this.revisionOf(record) === 0 ? 'old' : 'new';
  }

  /** Returns the revision of a pod. */
  revisionOf(record: PodRecord): number {
    const { owner = '', pod } = record;
    const name = pod.metadata.labels?.[REVISION_LABEL] ?? owner;
    const template = this.#templates.get(name);
    const key = template ? name : record;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const revision = template ? this.#history.ofTemplate(template) : this.#history.ofPod(pod);
    this.#known.set(key, revision);
    return revision;
  }
}
