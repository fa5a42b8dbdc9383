import type { Command } from 'commander';
import { compare } from '../compare/compare';
import { describeComparison } from '../compare/describe';
import { InputError } from '../errors/input-error';
import { parseTimeline } from '../timeline/parse';
import { exitCodes, readInput, type Terminal } from './terminal';
import { number } from './flags';

interface Flags {
  readonly tolerance: number;
  readonly json?: boolean;
}

const lesson = `
They agree when they come to the same end, the same most and fewest pods, the same
situations, and the same times within the tolerance. The order of the single steps is
told but not asked: two real rollouts of one manifest often differ in it.

Examples:
  $ rollout compare plan.json real.json
  $ rollout compare monday.json friday.json --tolerance 5 --json

Exit codes: 0 they agree; 1 they differ; 2 the input is wrong.`;

/** Adds `rollout compare`. */
export function registerCompare(program: Command, terminal: Terminal): void {
  program
    .command('compare')
    .summary('lay two timelines over each other: differences in words and numbers')
    .description('Lays two timelines over each other: differences in words and numbers.')
    .argument('<a>', 'a timeline file, - for standard input')
    .argument('<b>', 'another one')
    .option('--tolerance <seconds>', 'by how much times may differ', number(0), 2)
    .option('--json', 'the comparison in JSON')
    .addHelpText('after', lesson)
    .action(async (fileA: string, fileB: string, { tolerance, json = false }: Flags) => {
      if (fileA === '-' && fileB === '-')
        throw new InputError('only one timeline can come from standard input');
      const [a, b] = [await readInput(fileA, terminal), await readInput(fileB, terminal)];
      const comparison = compare(parseTimeline(a, fileA), parseTimeline(b, fileB), {
        toleranceSeconds: tolerance,
      });
      const text = json ? JSON.stringify(comparison, null, 2) : describeComparison(comparison).join('\n');
      terminal.stdout.write(`${text}\n`);
      if (!comparison.agree) terminal.exitCode = exitCodes.verdictNo;
    });
}
