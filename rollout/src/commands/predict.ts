import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** Adds `rollout predict`. */
export function registerPredict(program: Command, terminal: Terminal): void {
  program
    .command('predict')
    .summary('')
    .action(() => {
      terminal.stderr.write('not built\n');
      terminal.exitCode = 3;
    });
}
