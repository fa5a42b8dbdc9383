import type { PodObject } from './model.ts';
import type { World } from './world.ts';

/** What the pods of one revision wait for, beside their containers. Units: seconds. */
interface PodBehaviour {
  /** Time of the first pull of the images on a node; Infinity when the pull fails for ever. @default 0 */
  readonly pull: number;
  /** From the readiness of the containers until the conditions of readiness gates are set. @default Infinity */
  readonly gate: number;
}

/** Returns what a pod of a revision waits for. */
export type PodBehaviours = (pod: Pick<PodObject, 'revision'>) => PodBehaviour;

const FIRST_BACK_OFF_SECONDS = 10;
const LONGEST_BACK_OFF_SECONDS = 300;
/** Time of a pull that fails. */
const FAILED_PULL_SECONDS = 1;
/** Shortest time between two syncs of a pod that waits for a back-off; up to half of it is added. */
const SYNC_SECONDS = 10;

interface Waiting {
  readonly pod: PodObject;
  readonly start: () => void;
}

/** What a pod on its node waits for before its containers start: its volumes, and its images. */
export class PodStart {
  /** The pods that have mounted a claim, by name of the claim. All are on one node. */
  readonly #mounted = new Map<string, Set<PodObject>>();
  #waiting: Waiting[] = [];
  /** Pods whose containers were ready, and those of them whose readiness gates have passed. */
  readonly #containersReady = new Set<PodObject>();
  readonly #gatesPassed = new Set<PodObject>();
  /** When the images are on a node, by node and revision. */
  readonly #pulledAt = new Map<string, number>();

  /** @param once claims that the pods of one node at a time can mount */
  constructor(
    private readonly world: World,
    private readonly once: ReadonlySet<string>,
    private readonly behaviourOf: PodBehaviours,
  ) {
    if (once.size > 0) world.onPod((pod) => { if (pod.gone) this.#unmount(pod); }); // prettier-ignore
  }

  /** Mounts the volumes of a pod from before the change; false when they are attached to another node. */
  adopt(pod: PodObject): boolean {
    this.#pulledAt.set(`${pod.node} ${pod.revision}`, -Infinity);
    this.#gatesPassed.add(pod);
    return this.#mount(pod);
  }

  /** Starts the containers of a pod once its volumes are mounted and its images are on the node. */
  await(pod: PodObject, start: () => void): void {
    if (this.#mount(pod)) {
      this.#pull(pod, start);
      return;
    }
    this.#waiting.push({ pod, start });
    const { ledger } = this.world;
    const message = 'Multi-Attach error: the volume is already used by pods on another node';
    ledger.event('Pod', pod.name, 'FailedAttachVolume', message, 'Warning');
    ledger.enter(pod, 'pending', 'ContainerCreating');
  }

  /**
   * Returns whether the conditions of a pod's readiness gates are set.
   *
   * @param changed is called when they are
   */
  passesGates(pod: PodObject, containersReady: boolean, changed: () => void): boolean {
    if (pod.template.readinessGates.length === 0 || this.#gatesPassed.has(pod)) return true;
    if (containersReady && !this.#containersReady.has(pod)) {
      this.#containersReady.add(pod);
      const { gate } = this.behaviourOf(pod);
      if (gate < Infinity) this.world.clock.after(gate, () => { this.#gatesPassed.add(pod); changed(); }); // prettier-ignore
    }
    return false;
  }

  #claimsOf({ template }: PodObject): string[] {
    return template.placement.claims.filter((claim) => this.once.has(claim));
  }

  #mount(pod: PodObject): boolean {
    const claims = this.#claimsOf(pod);
    const elsewhere = claims.some((claim) =>
      [...(this.#mounted.get(claim) ?? [])].some(({ node }) => node !== pod.node),
    );
    if (elsewhere) return false;
    for (const claim of claims) {
      const pods = this.#mounted.get(claim) ?? new Set();
      this.#mounted.set(claim, pods.add(pod));
    }
    return true;
  }

  #unmount(pod: PodObject): void {
    for (const claim of this.#claimsOf(pod)) this.#mounted.get(claim)?.delete(pod);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const each of waiting) {
      if (each.pod.gone || each.pod.deleting) continue;
      if (this.#mount(each.pod)) this.#pull(each.pod, each.start);
      else this.#waiting.push(each);
    }
  }

  /** The first pod of a revision on a node pulls its images; the others wait for it. */
  #pull(pod: PodObject, start: () => void): void {
    const { pull } = this.behaviourOf(pod);
    if (pull === 0) {
      start();
      return;
    }
    const key = `${pod.node} ${pod.revision}`;
    const { clock } = this.world;
    const pulledAt = this.#pulledAt.get(key) ?? clock.now + pull;
    if (pulledAt === Infinity) {
      this.#failPull(pod, 0);
      return;
    }
    this.#pulledAt.set(key, pulledAt);
    if (pulledAt <= clock.now) start();
    else clock.at(pulledAt, start);
  }

  /**
   * Fails to pull the image, and tries again after 10, 20, 40, 80, 160 and then 300 s.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/images/image_manager.go `EnsureImageExists`
   */
  #failPull(pod: PodObject, backOff: number): void {
    const { clock, ledger, random } = this.world;
    const { image } = pod.template;
    const next = Math.min(LONGEST_BACK_OFF_SECONDS, 2 * backOff || FIRST_BACK_OFF_SECONDS);
    const alive = (task: () => void) => (): void => { if (!pod.deleting && !pod.gone) task(); }; // prettier-ignore
    const fail = alive(() => {
      ledger.event('Pod', pod.name, 'Failed', `Failed to pull image "${image}": ErrImagePull`, 'Warning');
      ledger.enter(pod, 'pending', 'ErrImagePull');
      const back = alive(() => { ledger.enter(pod, 'pending', 'ImagePullBackOff'); }); // prettier-ignore
      clock.after(FAILED_PULL_SECONDS, back);
      let waited = 0;
      while (waited < next) waited += SYNC_SECONDS * (1 + 0.5 * random());
      clock.after(waited, alive(() => { this.#failPull(pod, next); })); // prettier-ignore
    });
    clock.after(FAILED_PULL_SECONDS, fail);
  }
}
