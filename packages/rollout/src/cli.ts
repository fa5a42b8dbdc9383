import { Command, CommanderError } from 'commander';
import { registerCheck } from './commands/check';
import { registerCompare } from './commands/compare';
import { registerDraw } from './commands/draw';
import { registerPredict } from './commands/predict';
import { registerRecord } from './commands/record';
import { InputError } from './errors/input-error';
import { exitCodes, type Terminal } from './commands/terminal';

const about = `Predicts, records, checks, compares and draws the rollout of any Deployment, ReplicaSet or Pod.`;

const lesson = `
A change of a workload becomes a Timeline (JSON): predicted from its manifest, or recorded on a cluster.
check, compare and draw read Timelines, and - stands for standard input.

Examples:
  $ rollout predict deploy.yaml --image shop:v2             what will happen, in the terminal
  $ rollout predict deploy.yaml --image shop:v2 -o plan.json
  $ rollout check plan.json --expect no-outage              exit code 0 or 1
  $ rollout record deploy/shop --image shop:v2 -o real.json make the change on the cluster, and watch
  $ rollout compare plan.json real.json
  $ rollout draw plan.json real.json -o both.html

Exit codes: 0 done, or the verdict is yes; 1 the verdict is no; 2 the input is wrong; 3 something else failed.`;

/**
 * Runs one command line.
 *
 * @param args the words after the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('rollout').description(about).addHelpText('after', lesson);
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
    if (error instanceof InputError) {
      terminal.stderr.write(`rollout: ${error.message}\n`);
      return exitCodes.badInput;
    }
    const why = error instanceof Error ? error.message : String(error);
    terminal.stderr.write(`rollout: ${why.replace(/\s+/g, ' ')}\n`);
    return exitCodes.failed;
  }
}
