import type { Command } from 'commander';
import { situations } from '../situations/index.ts';
import { check, findings, type Verdict } from '../situations/check.ts';
import { parseTimeline } from '../timeline/parse.ts';
import { repeated } from './flags.ts';
import { exitCodes, originOf, readInput, type Terminal } from './terminal.ts';

interface Flags {
  readonly expect?: readonly string[];
  readonly json?: boolean;
}

const help = `
Situations:
${situations.map(({ name, description }) => `  ${name.padEnd(16)} ${description}`).join('\n')}
Prefix a name with not- to expect its absence. Without --expect, all situations are listed.

Examples:
  $ rollout check plan.json --expect blue-green
  $ rollout check plan.json --expect no-outage --expect within-budget --expect not-mixed-versions
  $ rollout predict deploy.yaml --image shop:v2 --json | rollout check - --expect rolling

Exit codes: 0 every expectation holds; 1 an expectation does not hold; 2 invalid input.`;

const line = ({ expect, holds, because }: Verdict): string =>
  `${holds ? 'yes' : 'no '}  ${expect.padEnd(16)} ${because}`;

/** Adds `rollout check` to the program. */
export function registerCheck(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .summary('check which situations a timeline has')
    .description('Checks which situations a timeline has, and reports the instant that proves each one.')
    .argument('<timeline>', 'timeline file, or - for standard input')
    .option('-e, --expect <situation>', 'situation that the timeline must have; repeatable', repeated(String))
    .option('--json', 'print the verdicts as JSON')
    .addHelpText('after', help)
    .action(async (file: string, { expect, json = false }: Flags) => {
      const timeline = parseTimeline(await readInput(file, terminal), originOf(file));
      const verdicts = expect ? expect.map((name) => check(timeline, name)) : findings(timeline);
      const output = json ? JSON.stringify(verdicts, null, 2) : verdicts.map(line).join('\n');
      terminal.stdout.write(`${output}\n`);
      if (expect && !verdicts.every(({ holds }) => holds)) terminal.exitCode = exitCodes.verdictNo;
    });
}
