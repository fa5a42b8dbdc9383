import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compare } from '../frame/compare';
import { ROOT } from '../frame/peers';
import { runProcess } from '../frame/process';
import { comparisonOf, spreadOf, valuesOf } from '../frame/spread';
import type { Contender, Measured, Topic } from '../frame/topic';

const CONTEST = {
  measures: [{ id: 'time', title: 'npm test', unit: 's', better: 'lower' }],
  warmups: 0,
  bound: 180,
} as const;

const AGAIN = 'npm test, again';

async function measure(): Promise<Measured> {
  const again = await compare({
    ...CONTEST,
    id: 'tests',
    title: 'The tests that need no cluster',
    note: 'Three rounds, as each takes half a minute.',
    contenders: [{ name: AGAIN, ours: true, measure: timed([]) }],
    rounds: 3,
  });
  const first = await compare({
    ...CONTEST,
    id: 'first',
    title: 'For the first time',
    note: 'One of the rounds only: neither Jest nor TypeScript finds what it kept of an earlier run.',
    contenders: [{ name: 'npm test, with no cache', ours: true, measure: withoutCache }],
    rounds: 1,
  });
  return { comparisons: [again, first], versions: {} };
}

const withoutCache: Contender['measure'] = async (signal) => {
  rmSync(path.join(ROOT, 'node_modules/.cache/tsconfig.tsbuildinfo'), { force: true });
  const cache = mkdtempSync(path.join(os.tmpdir(), 'jest-'));
  try {
    return await timed(['--', '--cacheDirectory', cache])(signal);
  } finally {
    rmSync(cache, { recursive: true });
  }
};

function timed(args: readonly string[]): Contender['measure'] {
  return async (signal) => {
    const { milliseconds } = await runProcess('npm', ['test', ...args], { cwd: ROOT, signal });
    return { time: milliseconds / 1000 };
  };
}

export const topic: Topic = {
  id: 'tests',
  title: 'npm test',
  method: `What a developer waits for: the type check and every test that needs neither a cluster nor helm, as \`npm test\`
runs them.`,
  measure,
  aims: (comparisons) => [
    {
      what: '`npm test`',
      unit: 's',
      limit: 10,
      better: 'lower',
      measured: spreadOf(valuesOf(comparisonOf(comparisons, 'tests'), 'time', AGAIN)),
      because:
        'Ten seconds are twenty of processor time on two cores. More than that goes into what the tests start (the service some thirty times, cdk8s-cli five times) and into their own work, HTTP and made-up input above all; loading packages is a sixth.',
    },
  ],
};
