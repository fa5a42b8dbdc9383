import stableStringify from 'fast-json-stable-stringify';
import { isPod, type Pod, type PodTemplate, type WorkloadObject } from './api-objects.ts';

const HASH = 'pod-template-hash';

/** Returns a pod template without the label that a Deployment adds to it. */
function withoutHash({ metadata, spec }: PodTemplate): PodTemplate {
  const labels = Object.fromEntries(Object.entries(metadata?.labels ?? {}).filter(([key]) => key !== HASH));
  return { metadata: { labels, annotations: metadata?.annotations ?? {} }, spec };
}

/** Returns the template of a workload. For a Pod, these are the fields that can change in place. */
function templateOf(workload: WorkloadObject): PodTemplate {
  if (!isPod(workload)) return withoutHash(workload.spec.template);
  const containers = workload.spec.containers.map(({ name, image }) => ({ name, image }));
  return { spec: { containers } };
}

/** Returns whether `whole` has every value of `part`. It may have more, as defaults and admission add fields. */
function includes(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return Object.keys(part).length === 0;
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((each, index) => includes(whole[index], each));
  }
  const fields = new Map<string, unknown>(Object.entries(whole));
  return Object.entries(part).every(([key, each]) => includes(fields.get(key), each));
}

interface Revision {
  readonly template: PodTemplate;
  readonly key: string;
}

/**
 * The pod templates that a workload has asked for, in order: 0 is the one before any change, the others
 * count up. A template that is asked for again keeps its number.
 */
export class RevisionHistory {
  readonly #revisions: Revision[] = [];

  /** Adds the template that the workload asks for. @returns whether the template is a new one */
  add(workload: WorkloadObject): boolean {
    const template = templateOf(workload);
    const key = stableStringify(template);
    if (this.#revisions.some((each) => each.key === key)) return false;
    this.#revisions.push({ template, key });
    return true;
  }

  /**
   * Returns the revision of a ReplicaSet's template; 0 if no change asked for the template.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `EqualIgnoreHash`
   */
  ofTemplate(template: PodTemplate): number {
    const key = stableStringify(withoutHash(template));
    return Math.max(
      0,
      this.#revisions.findIndex((each) => each.key === key),
    );
  }

  /**
   * Returns the revision that a pod was created from. If the pod includes several templates, the longest
   * one counts: a template without a variable is included in a pod that has the variable.
   */
  ofPod(pod: Pod): number {
    let best: { index: number; size: number } | undefined;
    for (const [index, { template, key }] of this.#revisions.entries()) {
      if (key.length > (best?.size ?? 0) && includes(pod, template)) {
        best = { index, size: key.length };
      }
    }
    return best?.index ?? 0;
  }
}
