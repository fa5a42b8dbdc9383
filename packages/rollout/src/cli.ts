import { Command, CommanderError } from 'commander';
import { registerCheck } from './commands/check.ts';
import { registerCompare } from './commands/compare.ts';
import { registerDraw } from './commands/draw.ts';
import { registerPredict } from './commands/predict.ts';
import { registerRecord } from './commands/record/index.ts';
import { exitCodes, type Terminal } from './commands/terminal.ts';
import { InputError } from './errors/input-error.ts';
import { messageOf } from './errors/reason.ts';

const description =
  'Predicts, records, checks, compares and draws the rollout of a Deployment, ReplicaSet, StatefulSet, DaemonSet or Pod.';

const help = `
A timeline is a JSON file with the pods of a workload around a change. predict
and record write timelines; check, compare and draw read timelines. The file
name - stands for standard input.

Examples:
  $ rollout predict deploy.yaml --image shop:v2        show what will happen
  $ rollout predict deploy.yaml --image shop:v2 -o plan.json
  $ rollout check plan.json --expect no-outage         exit code 0 or 1
  $ rollout record deploy/shop --image shop:v2 -o real.json
                           make the change on the cluster, and record it
  $ rollout compare plan.json real.json
  $ rollout draw plan.json real.json -o both.html

Exit codes: 0 success; 1 the check or the comparison says no; 2 invalid input;
3 any other failure.`;

/**
 * Runs one command line.
 *
 * @param args the arguments after the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('rollout').description(description).addHelpText('after', help);
  program.configureOutput({
    writeOut: (text) => void terminal.stdout.write(text),
    writeErr: (text) => void terminal.stderr.write(text),
  });
  program.exitOverride().showSuggestionAfterError();
  for (const register of [registerPredict, registerRecord, registerCheck, registerCompare, registerDraw]) {
    register(program, terminal);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return terminal.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
    const isInput = error instanceof InputError;
    const message = isInput ? error.message : messageOf(error).replace(/\s+/g, ' ');
    terminal.stderr.write(`rollout: ${message}\n`);
    return isInput ? exitCodes.badInput : exitCodes.failed;
  }
}
