import { InvalidArgumentError, type Command } from 'commander';
import { parseQuantity } from '../manifest/quantity.ts';
import type { BehaviourOptions, ByVersion } from '../predict/behaviours.ts';
import type { PodBehaviourOptions } from '../predict/pod-behaviours.ts';
import type { Capacity } from '../simulation/node.ts';
import { defaultTimings, type Timings } from '../simulation/timings.ts';
import { addChangeFlags, type ChangeFlags } from './change-flags.ts';
import { integer, number, repeated } from './flags.ts';

/** The options of `predict`, as commander parses them. */
export interface PredictFlags extends ChangeFlags, BehaviourOptions, PodBehaviourOptions {
  readonly namespace?: string;
  readonly drainNode?: string;
  readonly load?: number;
  readonly age?: number;
  readonly capacity?: Capacity;
  readonly timing?: readonly Partial<Timings>[];
  readonly seed: number;
  readonly draws?: number;
  readonly exhaustive?: boolean;
  readonly jitter: number;
  readonly limit?: number;
  readonly for: number;
  readonly output?: string;
  readonly json?: boolean;
}

const seconds = number(0);
const room = integer(1);

/** Returns a parser of `8`, or by version `old=2,new=20`. */
function byVersionOf<Value>(parse: (given: string) => Value): (given: string) => ByVersion<Value> {
  return (given) => {
    if (!given.includes('=')) return parse(given);
    const entries = given.split(',').map((part) => {
      const [version = '', value = ''] = part.split('=');
      if (!/^(old|new|\d+)$/.test(version))
        throw new InvalidArgumentError('expected seconds, or old=seconds,new=seconds.');
      return [version, parse(value)] as const;
    });
    return Object.fromEntries(entries);
  };
}

const byVersion = byVersionOf(seconds);
const pull = byVersionOf((given) => (given === 'never' ? given : seconds(given)));
/** Resources that a node has beside pods, CPUs and memory. */
const otherResource = /^([\w.-]+\/[\w.-]+|hugepages-\w+|ephemeral-storage)$/;

/** Parses `12`, or `pods=12,cpu=4,memory=8Gi,nodes=2`. */
function capacity(given: string): Capacity {
  if (/^\d+$/.test(given)) return { pods: room(given) };
  const entries = given.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=');
    if (name === 'nodes' || name === 'pods' || name === 'zones') return [name, room(value)] as const;
    if (name === 'cpu' || name === 'memory' || otherResource.test(name))
      return [name, parseQuantity(value, `--capacity ${name}`)] as const;
    throw new InvalidArgumentError(
      'expected a number of pods, or any of nodes=2,zones=2,pods=12,cpu=4,memory=8Gi,nvidia.com/gpu=1.',
    );
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
    .option(
      '--drain-node <node>',
      'drain a node, as kubectl drain: 1 or node-1 of --capacity nodes=N (default: 3)',
    )
    .option('-n, --namespace <namespace>', 'namespace of the workload, if the manifest has several')
    .option('--boot <seconds>', 'from process start until it handles SIGTERM (default: 0)', byVersion)
    .option('--start-delay <seconds>', 'from then until it answers its probes (default: 0)', byVersion)
    .option('--init <seconds>', 'how long each init container runs (default: 0)', byVersion)
    .option('--crash-after <seconds>', 'from process start until it exits (default: never)', byVersion)
    .option('--hang-after <seconds>', 'from process start until it hangs (default: never)', byVersion)
    .option('--drain <seconds>', 'from SIGTERM until it exits (default: 0)', byVersion)
    .option(
      '--pull <seconds>',
      'first pull of the image on a node; never for one that fails (default: 0)',
      pull,
    )
    .option(
      '--gate <seconds>',
      'from when its containers are ready until its readiness gates pass (default: never)',
      byVersion,
    )
    .option(
      '--load <rate>',
      'requests a second to a Service in front of the pods; 0 for none (default: 50)',
      number(0),
    )
    .option(
      '--age <seconds>',
      'how long the pods have existed that run at the change (default: 3600)',
      number(0),
    )
    .option(
      '--capacity <pods>',
      'pods that fit on a node, or pods=12,cpu=4,memory=8Gi,nvidia.com/gpu=1 for each of nodes=2 in zones=2 (default: unlimited)',
      capacity,
    )
    .option(
      '--timing <name=seconds>',
      'how long a part of the cluster takes (see below); repeatable',
      repeated(timing),
    )
    .option('--seed <number>', 'random seed of the first draw', integer(0), 1)
    .option('--draws <number>', 'number of draws (default: 200, fewer for more than 50 pods)', integer(1))
    .option(
      '--exhaustive',
      'explore every order in which controllers, caches and kubelets may act; for few replicas',
    )
    .option('--jitter <fraction>', 'spread of latencies around their medians, from 0 to 1', number(0, 1), 0.2)
    .option(
      '--limit <seconds>',
      'stop at this time if the workload has not settled (default: 1200, later for a longer progress deadline)',
      number(1),
    )
    .option('--for <seconds>', 'continue at least this long, even if settled', number(0), 0)
    .option('-o, --output <file>', 'write the timeline to this file')
    .option('--json', 'print the timeline as JSON');
}
