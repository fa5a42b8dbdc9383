import type { Command } from 'commander';
import { check, findings, type Verdict } from '../situations/check.ts';
import { wrap } from '../situations/describe.ts';
import { situations } from '../situations/index.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { number, repeated } from './flags.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** The options of expectations, as commander parses them. */
export interface ExpectFlags {
  readonly expect?: readonly string[];
  readonly atLeast: number;
}

const INDENT = 19;

/** The situations and their descriptions, for the help of a command. */
export const situationsHelp = `Situations:
${situations.flatMap(({ name, description }) => wrap(`  ${name.padEnd(16)} ${description}`, INDENT)).join('\n')}
Prefix a name with not- to expect its absence.`;

/** Adds `--expect` and `--at-least` to a command. */
export function addExpectFlags(command: Command): Command {
  return command
    .option(
      '-e, --expect <situation>',
      'situation that must hold, or with not- must never hold; repeatable',
      repeated(String),
    )
    .option('--at-least <share>', 'share of the draws, from 0 to 1, in which it must hold', number(0, 1), 1);
}

/** Returns the verdicts that are asked for, all without an expectation, and sets the exit code. */
export function judge(timeline: Timeline, flags: ExpectFlags, terminal: Terminal): Verdict[] {
  const { expect, atLeast } = flags;
  if (!expect) return findings(timeline, { atLeast });
  const verdicts = expect.map((name) => check(timeline, name, { atLeast }));
  if (!verdicts.every(({ holds }) => holds)) terminal.exitCode = exitCodes.verdictNo;
  return verdicts;
}
