import { InputError } from '../errors/input-error.ts';
import type { Manifest } from '../manifest/workload.ts';
import type { Capacity } from '../simulation/node.ts';
import type { PredictOptions } from './options.ts';

/** Number of nodes when it is not known. */
const ASSUMED_NODES = 3;

/** Returns the room on the nodes. A DaemonSet and a drain need to know how many nodes there are. */
export function capacityFor(
  { kind }: Manifest,
  { capacity = {}, drainNode, then = [] }: PredictOptions,
): Capacity {
  const drains = drainNode !== undefined || then.some((change) => change.drainNode !== undefined);
  return kind === 'DaemonSet' || drains ? { nodes: ASSUMED_NODES, ...capacity } : capacity;
}

/**
 * Returns the index of a node by its name.
 *
 * @throws InputError for a node that the cluster does not have
 */
export function nodeIndex(node: string, { nodes = 1 }: Capacity): number {
  const index = Number(node.replace('node-', ''));
  if (index < nodes) return index;
  throw new InputError(
    `--drain-node ${node}: the nodes are node-0 to node-${nodes - 1} (--capacity nodes=N)`,
  );
}
