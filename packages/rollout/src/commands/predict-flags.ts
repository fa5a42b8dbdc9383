import { InvalidArgumentError, type Command } from 'commander';
import { parseQuantity } from '../manifest/quantity.ts';
import type { BehaviourOptions, ByVersion } from '../predict/behaviours.ts';
import type { Capacity } from '../simulation/scheduler.ts';
import { defaultTimings, type Timings } from '../simulation/timings.ts';
import { addChangeFlags, type ChangeFlags } from './change-flags.ts';
import { integer, number, repeated } from './flags.ts';

/** The options of `predict`, as commander parses them. */
export interface PredictFlags extends ChangeFlags, BehaviourOptions {
  readonly capacity?: Capacity;
  readonly timing?: readonly Partial<Timings>[];
  readonly seed: number;
  readonly jitter: number;
  readonly limit: number;
  readonly for: number;
  readonly output?: string;
  readonly json?: boolean;
}

const seconds = number(0);
const room = integer(1);

/** Parses `8`, or by version `old=2,new=20`. */
function byVersion(given: string): ByVersion {
  if (!given.includes('=')) return seconds(given);
  const entries = given.split(',').map((part) => {
    const [version = '', value = ''] = part.split('=');
    if (!/^(old|new|\d+)$/.test(version))
      throw new InvalidArgumentError('expected seconds, or old=seconds,new=seconds.');
    return [version, seconds(value)] as const;
  });
  return Object.fromEntries(entries);
}

/** Parses `12`, or `pods=12,cpu=4,memory=8Gi,nodes=2`. */
function capacity(given: string): Capacity {
  if (/^\d+$/.test(given)) return { pods: room(given) };
  const entries = given.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=');
    if (name === 'nodes' || name === 'pods') return [name, room(value)] as const;
    if (name === 'cpu' || name === 'memory')
      return [name, parseQuantity(value, `--capacity ${name}`)] as const;
    throw new InvalidArgumentError('expected a number of pods, or any of pods=12,cpu=4,memory=8Gi,nodes=2.');
  });
  return Object.fromEntries(entries);
}

/** Parses `containerStart=2`. */
function timing(given: string): Partial<Timings> {
  const [name = '', value = ''] = given.split('=');
  if (!Object.hasOwn(defaultTimings, name))
    throw new InvalidArgumentError(
      `expected name=seconds, where name is one of ${Object.keys(defaultTimings).join(', ')}.`,
    );
  return { [name]: seconds(value) };
}

/** Adds the options of `predict` to a command. */
export function addPredictFlags(command: Command): Command {
  return addChangeFlags(command)
    .option('--boot <seconds>', 'from process start until it handles SIGTERM (default: 0)', byVersion)
    .option('--start-delay <seconds>', 'from then until it answers its probes (default: 0)', byVersion)
    .option('--crash-after <seconds>', 'from process start until it exits (default: never)', byVersion)
    .option('--hang-after <seconds>', 'from process start until it hangs (default: never)', byVersion)
    .option('--drain <seconds>', 'from SIGTERM until it exits (default: 0)', byVersion)
    .option(
      '--capacity <pods>',
      'pods that fit on a node, or pods=12,cpu=4,memory=8Gi for each of nodes=2 (default: unlimited)',
      capacity,
    )
    .option(
      '--timing <name=seconds>',
      'how long a part of the cluster takes (see below); repeatable',
      repeated(timing),
    )
    .option('--seed <number>', 'random seed', integer(0), 1)
    .option('--jitter <fraction>', 'spread of latencies around their medians, from 0 to 1', number(0, 1), 0.2)
    .option('--limit <seconds>', 'stop at this time if the workload has not settled', number(1), 1200)
    .option('--for <seconds>', 'continue at least this long, even if settled', number(0), 0)
    .option('-o, --output <file>', 'write the timeline to this file')
    .option('--json', 'print the timeline as JSON');
}
