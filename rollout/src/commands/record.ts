import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** Adds `rollout record`. */
export function registerRecord(program: Command, terminal: Terminal): void {
  program
    .command('record')
    .summary('')
    .action(() => {
      terminal.stderr.write('not built\n');
      terminal.exitCode = 3;
    });
}
