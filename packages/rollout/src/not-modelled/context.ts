import type { Manifest } from '../manifest/documents.ts';
import { isObject } from '../manifest/documents.ts';
import type { Surroundings } from '../manifest/surroundings.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import type { Capacity } from '../simulation/node.ts';

/** What a prediction is made from. */
export interface Context {
  /** The workload as the file has it. */
  readonly given: Manifest;
  /** The manifest after the last change. */
  readonly manifest: Manifest;
  /** The workload before the first change. */
  readonly before: WorkloadSpec;
  /** The workload after the last change. */
  readonly after: WorkloadSpec;
  readonly surroundings: Surroundings;
  readonly capacity: Capacity;
  /** ConfigMaps and Secrets of the workload that a second manifest changes. */
  readonly changedConfig: readonly string[];
  /** True if a node is drained. */
  readonly drains: boolean;
  /** True if the number of nodes is not known and decides the number of pods. */
  readonly nodesAssumed: boolean;
  /** True if the user said how long image pulls take. */
  readonly pullGiven: boolean;
  /** True if the user said how long init containers run. */
  readonly initGiven: boolean;
  /** True if the user said when readiness gates pass. */
  readonly gateGiven: boolean;
}

/** A pod's spec as the manifest has it, and its path. */
export interface PodSpec {
  readonly path: string;
  readonly fields: Manifest;
}

/** Returns an object's field that is an object, or an empty one. */
export const objectAt = (node: unknown, ...path: readonly string[]): Manifest =>
  path.reduce<Manifest>(
    (found, key) => {
      const value = found[key];
      return isObject(value) ? value : {};
    },
    isObject(node) ? node : {},
  );

/** Returns the objects of a list. */
export const objectsOf = (value: unknown): readonly Manifest[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Returns the spec of the workload's pods. */
export function podSpecOf({ manifest, after }: Context): PodSpec {
  return after.kind === 'Pod'
    ? { path: 'spec', fields: objectAt(manifest, 'spec') }
    : { path: 'spec.template.spec', fields: objectAt(manifest, 'spec', 'template', 'spec') };
}

/** Returns a list in words: `a, b and c`; the first five of a long one. */
export function listed(names: Iterable<string>): string {
  const all = [...new Set(names)];
  const shown = all.length > 5 ? [...all.slice(0, 4), `${all.length - 4} more`] : all;
  return shown.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
