import { parseArgs } from 'node:util';
import { parseTarget, type Target } from './target';

export const USAGE = `npm run fuzz -- [HOST:PORT] [--count N] [--seed N] [--report FOLDER]

Sends wrong requests, and right ones in between, to the service at HOST:PORT, or to one that it starts itself.

  --count N        inference requests; the other kinds are in proportion (default: 30000)
  --seed N         makes the same requests again (default: another each time)
  --report FOLDER  writes README.md and report.json there
  --without NAMES  leaves out openapi, raw, slow or inference, by commas
`;

export const PARTS = ['inference', 'raw', 'slow', 'openapi'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly target: Target | undefined;
  readonly count: number;
  readonly seed: number;
  readonly report: string | undefined;
  readonly parts: readonly Part[];
}

const MOST_SEED = 2 ** 31 - 1000;

/** @throws Error that says what is allowed */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '30000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * MOST_SEED)) },
      report: { type: 'string' },
      without: { type: 'string', default: '' },
    },
  });
  const [address, ...others] = positionals;
  if (others.length > 0) {
    throw new Error(`there is one HOST:PORT at the most, not ${positionals.join(' ')}`);
  }
  const left = values.without.split(',').filter(Boolean);
  const unknown = left.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) {
    throw new Error(`--without must name some of ${PARTS.join(', ')}, not ${unknown}`);
  }
  return {
    target: address === undefined ? undefined : parseTarget(address),
    count: whole('--count', values.count, 1, 10_000_000),
    seed: whole('--seed', values.seed, 0, MOST_SEED),
    report: values.report,
    parts: PARTS.filter((part) => !left.includes(part)),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
  }
  return value;
}
