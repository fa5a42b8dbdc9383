import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** Adds `rollout check`. */
export function registerCheck(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .summary('')
    .action(() => {
      terminal.stderr.write('not built\n');
      terminal.exitCode = 3;
    });
}
