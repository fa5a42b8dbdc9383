import { InvalidArgumentError, type Command } from 'commander';
import type { BehaviourOptions, ByVersion } from '../predict/behaviours';
import { quantity } from '../manifest/quantity';
import type { Capacity } from '../simulation/scheduler';
import { defaultTimings, type Timings } from '../simulation/timings';
import { addChangeFlags, type ChangeFlags } from './change-flags';
import { gathered, number } from './flags';

/** The options of `predict` as commander hands them over. */
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

/** `8`, or by version `old=2,new=20`. */
function byVersion(text: string): ByVersion {
  if (!text.includes('=')) return seconds(text);
  const entries = text.split(',').map((part) => {
    const [version = '', value = ''] = part.split('=');
    if (!/^(old|new|\d+)$/.test(version))
      throw new InvalidArgumentError('expected seconds, or old=seconds,new=seconds.');
    return [version, seconds(value)] as const;
  });
  return Object.fromEntries(entries);
}

/** `12`, or `pods=12,cpu=4,memory=8Gi,nodes=2`. */
function capacity(text: string): Capacity {
  if (/^\d+$/.test(text)) return { pods: number(1, { whole: true })(text) };
  const entries = text.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=');
    if (!['pods', 'cpu', 'memory', 'nodes'].includes(name)) {
      throw new InvalidArgumentError('expected pods, or any of pods=12,cpu=4,memory=8Gi,nodes=2.');
    }
    const whole = name === 'nodes' || name === 'pods';
    return [name, whole ? number(1, { whole })(value) : quantity(value, `--capacity ${name}`)] as const;
  });
  return Object.fromEntries(entries);
}

/** `containerStart=2`. */
function timing(text: string): Partial<Timings> {
  const [name = '', value = ''] = text.split('=');
  if (!Object.hasOwn(defaultTimings, name))
    throw new InvalidArgumentError(
      `expected name=seconds, with a name of ${Object.keys(defaultTimings).join(', ')}.`,
    );
  return { [name]: seconds(value) };
}

/** Adds the options of `predict` to a command. */
export function addPredictFlags(command: Command): Command {
  return addChangeFlags(command)
    .option(
      '--boot <seconds>',
      'from the start of a process until it heeds SIGTERM; by version old=1,new=2',
      byVersion,
    )
    .option('--start-delay <seconds>', 'from then until it answers, likewise', byVersion)
    .option('--crash-after <seconds>', 'from the start until it exits by itself, likewise', byVersion)
    .option('--hang-after <seconds>', 'from the start until it answers no more, likewise', byVersion)
    .option('--drain <seconds>', 'from SIGTERM until it exits, likewise', byVersion)
    .option(
      '--capacity <pods>',
      'the room for pods, or pods=12,cpu=4,memory=8Gi,nodes=2 (of each node)',
      capacity,
    )
    .option('--timing <name=seconds>', 'how long a part of the cluster takes, see below', gathered(timing))
    .option('--seed <number>', 'of the randomness', number(0, { whole: true }), 1)
    .option('--jitter <part>', 'how far latencies stray, 0 for not at all', number(0, { most: 1 }), 0.2)
    .option('--limit <seconds>', 'the longest to predict', number(1), 1200)
    .option('--for <seconds>', 'go on so long, even if settled before', number(0), 0)
    .option('-o, --output <file>', 'write the timeline to a file')
    .option('--json', 'print the timeline in JSON');
}
