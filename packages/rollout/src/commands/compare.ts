import type { Command } from 'commander';
import { compare } from '../compare/compare.ts';
import { describeComparison } from '../compare/describe.ts';
import { InputError } from '../errors/input-error.ts';
import { parseTimeline } from '../timeline/parse.ts';
import { number } from './flags.ts';
import { exitCodes, originOf, readInput, type Terminal } from './terminal.ts';

interface Flags {
  readonly tolerance: number;
  readonly json?: boolean;
}

const help = `
Two timelines agree if they have the same end, the same largest and smallest
numbers of pods, the same situations, and the same times within the tolerance.
A race of a prediction agrees with either outcome. The order of the steps is
shown but may differ: two real rollouts of one manifest often take their steps
in a different order.

Examples:
  $ rollout compare plan.json real.json
  $ rollout compare monday.json friday.json --tolerance 5 --json

Exit codes: 0 the timelines agree; 1 the timelines differ; 2 invalid input.`;

/** Adds `rollout compare` to the program. */
export function registerCompare(program: Command, terminal: Terminal): void {
  program
    .command('compare')
    .summary('compare two timelines')
    .description('Compares two timelines, and lists their differences.')
    .argument('<a>', 'timeline file, or - for standard input')
    .argument('<b>', 'timeline file, or - for standard input')
    .option('--tolerance <seconds>', 'largest difference of times that count as the same', number(0), 2)
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', help)
    .action(async (fileA: string, fileB: string, { tolerance, json = false }: Flags) => {
      if (fileA === '-' && fileB === '-')
        throw new InputError('- is given twice: only one timeline can come from standard input');
      const [a, b] = [await readInput(fileA, terminal), await readInput(fileB, terminal)];
      const comparison = compare(parseTimeline(a, originOf(fileA)), parseTimeline(b, originOf(fileB)), {
        toleranceSeconds: tolerance,
      });
      const output = json ? JSON.stringify(comparison, null, 2) : describeComparison(comparison).join('\n');
      terminal.stdout.write(`${output}\n`);
      if (!comparison.agree) terminal.exitCode = exitCodes.verdictNo;
    });
}
