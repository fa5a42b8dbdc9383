import type { ChangeRequest, Manifest } from '../../packages/rollout/src';
import { seeded } from '../../packages/rollout/src/simulation/random';

/** A Deployment, what is done to it, and how its pods behave. */
export interface Case {
  readonly name: string;
  readonly manifest: Manifest;
  /** In order, the first at 0. */
  readonly requests: readonly ChangeRequest[];
  /** Seconds from a pod's start until it is ready, before and after a change of the image. */
  readonly startDelay: { readonly old: number; readonly new: number };
  /** Seconds from a pod's deletion until it is gone. */
  readonly drain: number;
}

/** How a kind of node is told what its pods are to do. */
export interface Ground {
  readonly images: readonly [old: string, now: string, then: string];
  /** The fields of a pod template for pods that start and end so slowly. */
  readonly template: (name: string, startDelay: number, drain: number) => object;
  /** The path of the start delay in the manifest, and the text of its value. */
  readonly setStartDelay: (startDelay: number) => string;
}

/** Draws values, the same ones for the same seed. */
class Lots {
  readonly #random;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  one<Value>(...values: readonly [Value, ...Value[]]): Value {
    return values[this.whole(0, values.length - 1)] ?? values[0];
  }

  chance(part: number): boolean {
    return this.#random() < part;
  }
}

function fence(lots: Lots, replicas: number): number | string {
  return lots.chance(0.5)
    ? lots.whole(0, replicas)
    : lots.one('0%', '10%', '25%', '34%', '50%', '75%', '100%');
}

const isZero = (value: number | string): boolean => Number.parseInt(String(value), 10) === 0;

function strategy(lots: Lots, replicas: number): object {
  if (lots.chance(0.08)) return { type: 'Recreate' };
  const [maxSurge, maxUnavailable] = [fence(lots, replicas), fence(lots, replicas)];
  const both = isZero(maxSurge) && isZero(maxUnavailable);
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: both ? 1 : maxSurge, maxUnavailable } };
}

/** A Deployment whose pods bear its name. */
const deployment = (name: string, template: object, fields: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { ...fields, selector: { matchLabels: { app: name } }, template },
});

/** One case of a seed: the same seed and number give the same case. */
export function caseOf(seed: number, number: number, ground: Ground, most = 12): Case {
  const lots = new Lots(seed * 100_003 + number);
  const name = `c${seed}-${number}`;
  const replicas = lots.chance(0.1) ? lots.whole(most, 3 * most) : lots.whole(1, most);
  const startDelay = { old: lots.one(0, 0.3), new: lots.one(0, 0.2, 0.5, 1, 2, 3.5) };
  const drain = lots.one(0, 0, 0.5, 1.5, 3);
  const stuck = lots.chance(0.03);
  const delay = stuck ? 600 : startDelay.new;
  const [v1, v2, v3] = ground.images;
  const scaled = lots.whole(0, 2 * replicas);
  const first: ChangeRequest = lots.chance(0.12)
    ? { replicas: scaled }
    : {
        image: v2,
        ...(delay !== startDelay.old && { set: [ground.setStartDelay(delay)] }),
        ...(lots.chance(0.12) && { replicas: scaled }),
      };
  const at = lots.whole(2, 60) / 10;
  const back = { at, image: v1, ...(first.set && { set: [ground.setStartDelay(startDelay.old)] }) };
  const second = lots.one<ChangeRequest>(
    { at, replicas: lots.whole(0, 2 * replicas) },
    { at, image: v3 },
    back,
  );
  return {
    name,
    manifest: deployment(name, ground.template(name, startDelay.old, drain), {
      replicas,
      minReadySeconds: lots.one(0, 0, 0, 1, 2, 4),
      progressDeadlineSeconds: stuck ? 10 : 120,
      strategy: strategy(lots, replicas),
    }),
    requests: first.image !== undefined && lots.chance(0.35) ? [first, second] : [first],
    startDelay: { ...startDelay, new: delay },
    drain,
  };
}

/** A Deployment of a thousand pods that gets a new image. */
export function thousandPods(ground: Ground): Case {
  const name = 'thousand';
  const startDelay = { old: 0.5, new: 1 };
  return {
    name,
    manifest: deployment(name, ground.template(name, startDelay.old, 0), { replicas: 1000 }),
    requests: [{ image: ground.images[1], set: [ground.setStartDelay(startDelay.new)] }],
    startDelay,
    drain: 0,
  };
}
