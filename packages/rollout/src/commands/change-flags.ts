import { InvalidArgumentError, type Command } from 'commander';
import type { ChangeRequest } from '../manifest/change.ts';
import { integer, repeated } from './flags.ts';

/** The options of a change, as commander parses them. */
export interface ChangeFlags {
  readonly image?: string;
  readonly replicas?: number;
  readonly set?: readonly string[];
  readonly then?: readonly ChangeRequest[];
  readonly name?: string;
}

const replicaCount = integer(0);

/** Parses `20 image=shop:v3 replicas=5 path=value`. */
function laterChange(given: string): ChangeRequest {
  const [at = '', ...words] = given.trim().split(/\s+/);
  const set: string[] = [];
  if (!/^\d+(\.\d+)?s?$/.test(at) || words.length === 0)
    throw new InvalidArgumentError('expected seconds and a change, such as "20 replicas=5".');
  const request: { at: number; image?: string; replicas?: number; drainNode?: string } = {
    at: Number.parseFloat(at),
  };
  for (const word of words) {
    const [name = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (name === 'image') request.image = value;
    else if (name === 'replicas') request.replicas = replicaCount(value);
    else if (name === 'drain-node') request.drainNode = value;
    else set.push(word);
  }
  return { ...request, set };
}

/** Adds the options of a change to a command. */
export function addChangeFlags(command: Command): Command {
  return command
    .option('--image <image>', 'new image; container=image if containers have different ones')
    .option('--replicas <count>', 'new number of replicas', replicaCount)
    .option('--set <path=value>', 'set any other field; the value is YAML; repeatable', repeated(String))
    .option(
      '--then <change>',
      'make a later change, such as "20 image=shop:v3 replicas=5": after 20 s; repeatable',
      repeated(laterChange),
    )
    .option(
      '--name <name>',
      'workload, if the manifest has several: web, deployment/web or prod/deployment/web',
    );
}
