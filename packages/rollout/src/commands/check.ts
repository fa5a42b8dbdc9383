import type { Command } from 'commander';
import { check, findings, type Verdict } from '../situations/check';
import { parseTimeline } from '../timeline/parse';
import { situations } from '../situations';
import { exitCodes, readInput, type Terminal } from './terminal';
import { gathered } from './flags';

interface Flags {
  readonly expect?: readonly string[];
  readonly json?: boolean;
}

const lesson = `
Situations:
${situations.map(({ name, says }) => `  ${name.padEnd(16)} ${says}`).join('\n')}
Put not- before a name to expect its absence. Without --expect all of them are told.

Examples:
  $ rollout check plan.json --expect blue-green
  $ rollout check plan.json --expect no-outage --expect within-budget --expect not-mixed-versions
  $ rollout predict deploy.yaml --image shop:v2 --json | rollout check - --expect rolling

Exit codes: 0 all is as expected; 1 something is not; 2 the input is wrong.`;

const line = ({ expect, holds, because }: Verdict): string =>
  `${holds ? 'yes' : 'no '}  ${expect.padEnd(16)} ${because}`;

/** Adds `rollout check`. */
export function registerCheck(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .summary('say whether a timeline has a situation, and the instant that proves it')
    .description('Says whether a timeline has a situation, and the instant that proves it.')
    .argument('<timeline>', 'a timeline file, - for standard input')
    .option('-e, --expect <situation>', 'what it should have; may be repeated', gathered(String))
    .option('--json', 'the verdicts in JSON')
    .addHelpText('after', lesson)
    .action(async (file: string, { expect, json = false }: Flags) => {
      const origin = file === '-' ? 'standard input' : file;
      const timeline = parseTimeline(await readInput(file, terminal), origin);
      const verdicts = expect ? expect.map((name) => check(timeline, name)) : findings(timeline);
      const text = json ? JSON.stringify(verdicts, null, 2) : verdicts.map(line).join('\n');
      terminal.stdout.write(`${text}\n`);
      if (expect && !verdicts.every(({ holds }) => holds)) terminal.exitCode = exitCodes.verdictNo;
    });
}
