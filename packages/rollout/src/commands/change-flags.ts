import { InvalidArgumentError, type Command } from 'commander';
import type { ChangeRequest } from '../manifest/change';
import { gathered, number } from './flags';

/** The options that say of which workload what is changed, as commander hands them over. */
export interface ChangeFlags {
  readonly image?: string;
  readonly replicas?: number;
  readonly set?: readonly string[];
  readonly then?: readonly ChangeRequest[];
  readonly name?: string;
}

const count = number(0, { whole: true });

/** `20 image=shop:v3 replicas=5 path=value`. */
function later(text: string): ChangeRequest {
  const [at = '', ...words] = text.trim().split(/\s+/);
  const set: string[] = [];
  if (!/^\d+(\.\d+)?s?$/.test(at) || words.length === 0)
    throw new InvalidArgumentError('expected seconds and a change, such as "20 replicas=5".');
  const request: { at: number; image?: string; replicas?: number } = { at: Number.parseFloat(at) };
  for (const word of words) {
    const [name = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (name === 'image') request.image = value;
    else if (name === 'replicas') request.replicas = count(value);
    else set.push(word);
  }
  return { ...request, set };
}

/** Adds the options of a change to a command. */
export function addChangeFlags(command: Command): Command {
  return command
    .option('--image <image>', 'the new image, container=image where there are several containers')
    .option('--replicas <count>', 'the new number of replicas', count)
    .option('--set <path=value>', 'any other field, the value in YAML; may be repeated', gathered(String))
    .option(
      '--then <"seconds change">',
      'another change in the middle: "20 image=shop:v3 replicas=5"',
      gathered(later),
    )
    .option('--name <kind/name>', 'which workload of a manifest with several');
}
