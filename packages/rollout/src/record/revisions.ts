import { canonical, includes } from './canonical';
import type { Pod, PodTemplate, Workload } from './objects';
import { isPod } from './objects';

const HASH = 'pod-template-hash';

/** A pod template without what a Deployment adds to it. */
function bare({ metadata, spec }: PodTemplate): PodTemplate {
  const labels = Object.fromEntries(Object.entries(metadata?.labels ?? {}).filter(([key]) => key !== HASH));
  return { metadata: { labels, annotations: metadata?.annotations ?? {} }, spec };
}

/** The template of a workload; a bare Pod is its own, as far as it can be changed in place. */
function templateOf(workload: Workload): PodTemplate {
  if (!isPod(workload)) return bare(workload.spec.template);
  const containers = workload.spec.containers.map(({ name, image }) => ({ name, image }));
  return { spec: { containers } };
}

interface Revision {
  readonly template: PodTemplate;
  readonly key: string;
}

/**
 * The templates that a workload has asked for, in order: 0 is what it asked for
 * before any change, the others count up. One that is asked for again keeps its number.
 */
export class Revisions {
  readonly #revisions: Revision[] = [];

  /** Takes note of what the workload asks for now. @returns whether that is new */
  ask(workload: Workload): boolean {
    const template = templateOf(workload);
    const key = canonical(template);
    if (this.#revisions.some((each) => each.key === key)) return false;
    this.#revisions.push({ template, key });
    return true;
  }

  /**
   * The revision of a ReplicaSet's template; 0 where no change asked for it.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `EqualIgnoreHash`
   */
  ofTemplate(template: PodTemplate): number {
    const key = canonical(bare(template));
    return Math.max(
      0,
      this.#revisions.findIndex((each) => each.key === key),
    );
  }

  /**
   * The revision that a pod was made from. Where it holds all that several ask for,
   * the one that asks for most: an added variable does not make an old pod of a new one.
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
