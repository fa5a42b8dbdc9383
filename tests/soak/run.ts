import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inTurn, scenarios, together } from '.';
import { flags, type Flags } from './flags';
import { report } from './report';
import type { Observed, Scenario } from './scenario';
import { clusterOf, failed, proofs, type Soak } from './soak';
import { deleteNamespaces } from './under-load';

const rounded = (at: number): number => Math.round(at * 10) / 10;

async function observe({ only, ratePerSecond, rollouts }: Flags): Promise<Soak> {
  const began = Date.now();
  const options = { ratePerSecond, rollouts };
  const observed: Record<string, Observed> = {};
  const unobserved: Record<string, string> = {};
  const one = async (scenario: Scenario): Promise<void> => {
    try {
      const found = await scenario.observe(options);
      observed[scenario.id] = found;
      for (const { claim, holds, because } of scenario.claims(found)) {
        console.log(`${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${claim} (${because})`);
      }
    } catch (error) {
      console.error(error);
      unobserved[scenario.id] = String(error);
    }
  };
  const chosen = ({ id }: Scenario): boolean => only.length === 0 || only.some((part) => id.startsWith(part));
  await Promise.all(together.filter(chosen).map(one));
  for (const scenario of inTurn.filter(chosen)) {
    await one(scenario);
  }
  return {
    beganAt: new Date(began).toISOString(),
    minutes: rounded((Date.now() - began) / 60_000),
    options,
    observed,
    unobserved,
  };
}

/** Where the committed report is, for the long form; what is shorter does not take its place. */
function folderOf(soak: Soak, { long, output }: Flags): string {
  const [, minor = ''] = /^v?(\d+\.\d+)/.exec(clusterOf(soak)?.serverVersion ?? '') ?? [];
  return output ?? path.join(long ? 'docs/evidence' : tmpdir(), 'soak', `kubernetes-${minor}`);
}

async function main(given: Flags): Promise<void> {
  const soak = await observe(given);
  const folder = folderOf(soak, given);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'soak.json'), `${JSON.stringify(soak)}\n`);
  writeFileSync(path.join(folder, 'README.md'), report(soak, scenarios));
  console.log(`see ${path.join(folder, 'README.md')}`);
  const wrong = proofs(soak, scenarios)
    .filter(failed)
    .map(({ scenario }) => scenario.id);
  const missing = Object.keys(soak.unobserved);
  if (wrong.length + missing.length > 0) {
    console.error(
      `claims failed: ${wrong.join(', ') || 'none'}; not observed: ${missing.join(', ') || 'none'}`,
    );
    process.exitCode = 1;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void deleteNamespaces().finally(() => process.exit(130));
  });
}
main(flags(process.argv.slice(2))).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
