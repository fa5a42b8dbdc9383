import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** Adds `rollout draw`. */
export function registerDraw(program: Command, terminal: Terminal): void {
  program
    .command('draw')
    .summary('')
    .action(() => {
      terminal.stderr.write('not built\n');
      terminal.exitCode = 3;
    });
}
