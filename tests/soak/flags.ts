import { Command, InvalidArgumentError } from 'commander';
import { scenarios } from '.';
import type { SoakOptions } from './scenario';

/** What the command line asks for. */
export interface Flags extends SoakOptions {
  /** Beginnings of scenarios' names; all, where there are none. */
  readonly only: readonly string[];
  readonly output?: string;
  /** Whether it is all of it, as the committed report is. */
  readonly long: boolean;
}

/** What the committed report is of. */
export const LONG = { rollouts: 10, ratePerSecond: 200 };

const from1 = (text: string): number => {
  if (/^[1-9]\d*$/.test(text)) {
    return Number(text);
  }
  throw new InvalidArgumentError('expected a whole number from 1.');
};

const known = (text: string): string => {
  const ids = scenarios.map(({ id }) => id);
  if (ids.some((id) => id.startsWith(text))) {
    return text;
  }
  throw new InvalidArgumentError(`expected the beginning of one of ${ids.join(', ')}.`);
};

/** Reads the command line; a wrong one ends the process with a line that says what is allowed. */
export function flags(args: readonly string[]): Flags {
  const program = new Command('npm run e2e:soak --')
    .description(
      'Rolls out, scales, deletes, drains, kills and crashes under steady requests, on the cluster that KUBECONFIG names.',
    )
    .option(
      '--only <name>',
      'a scenario by the beginning of its name; may be repeated',
      (text, all: string[]) => [...all, known(text)],
      [] as string[],
    )
    .option('--rollouts <count>', 'rollouts of each strategy', from1, LONG.rollouts)
    .option('--rate <requests>', 'requests a second, to each Service', from1, LONG.ratePerSecond)
    .option(
      '--output <folder>',
      'write the report here (default: docs/evidence/soak/ for the long form, a temporary folder for any other)',
    )
    .parse(args, { from: 'user' });
  const { only, rollouts, rate, output } = program.opts<{
    only: string[];
    rollouts: number;
    rate: number;
    output?: string;
  }>();
  return {
    only,
    rollouts,
    ratePerSecond: rate,
    long: only.length === 0 && rollouts >= LONG.rollouts && rate === LONG.ratePerSecond,
    ...(output !== undefined && { output }),
  };
}
