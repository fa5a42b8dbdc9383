import type { Command } from 'commander';
import { describeVerdict } from '../situations/describe.ts';
import { parseTimeline } from '../timeline/parse.ts';
import { addExpectFlags, judge, situationsHelp, type ExpectFlags } from './expect-flags.ts';
import { originOf, readInput, type Terminal } from './terminal.ts';

interface Flags extends ExpectFlags {
  readonly json?: boolean;
}

const help = `
${situationsHelp}
Without --expect, all situations are listed.

A prediction is judged over its draws: always (in all of them), race (in some,
with what decides it) or never. A recording is judged by itself: held, not held.
unknown: a situation of requests, of a timeline without load.

Examples:
  $ rollout check plan.json --expect blue-green
  $ rollout check plan.json -e no-outage -e within-budget -e not-mixed-versions
  $ rollout check plan.json --expect rolling --at-least 0.95
  $ rollout predict deploy.yaml --image shop:v2 --json |
      rollout check - --expect rolling

Exit codes: 0 every expectation holds always; 1 an expectation is a race or does
not hold; 2 invalid input.`;

/** Adds `rollout check` to the program. */
export function registerCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command('check')
    .summary('check which situations a timeline has')
    .description('Checks which situations a timeline has, and reports the numbers that prove each one.')
    .argument('<timeline>', 'timeline file, or - for standard input');
  addExpectFlags(command)
    .option('--json', 'print the verdicts as JSON')
    .addHelpText('after', help)
    .action(async (file: string, flags: Flags) => {
      const timeline = parseTimeline(await readInput(file, terminal), originOf(file));
      const verdicts = judge(timeline, flags, terminal);
      const output = flags.json
        ? JSON.stringify(verdicts, null, 2)
        : verdicts.flatMap(describeVerdict).join('\n');
      terminal.stdout.write(`${output}\n`);
    });
}
