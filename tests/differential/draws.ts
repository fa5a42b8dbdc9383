import { createRandom, type ChangeRequest, type Manifest } from '@online-inference/rollout';

/** A Deployment, its changes, and the behaviour of its pods. */
export interface Case {
  readonly name: string;
  readonly manifest: Manifest;
  /** In order of time, the first at 0 s. */
  readonly requests: readonly ChangeRequest[];
  /** Seconds from a pod's start until it is ready, before and after a change of the image. */
  readonly startDelay: { readonly old: number; readonly new: number };
  /** Seconds from a pod's deletion until it is gone. */
  readonly drain: number;
}

/** Draws random values. The same seed gives the same values. */
export class Draws {
  readonly #random;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  integer(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }

  oneOf<Value>(...values: readonly [Value, ...Value[]]): Value {
    return values[this.integer(0, values.length - 1)] ?? values[0];
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }
}
