import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** Adds `rollout compare`. */
export function registerCompare(program: Command, terminal: Terminal): void {
  program
    .command('compare')
    .summary('')
    .action(() => {
      terminal.stderr.write('not built\n');
      terminal.exitCode = 3;
    });
}
