import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { distDigest, ROOT } from '../kit/dist';
import { runMain } from '../kit/tools';
import { report } from './report';
import { inTurn, scenarios, together } from './scenarios';
import { clusterOf, proofs, type Observed, type Scenario, type Soak, type SoakOptions } from './soak';

/** Options of the soak whose report is committed. */
export const LONG = { rollouts: 10, ratePerSecond: 200 };

/** Folder of the committed reports. */
export const SOAK_EVIDENCE = path.join(ROOT, 'docs/evidence/soak');

/** What the e2e tests run: one rollout each, whose new pods start soon and do not crash. */
const QUICK = {
  rollouts: 1,
  ratePerSecond: 100,
  environment: { START_DELAY_SECONDS: '3', CRASH_AFTER_SECONDS: '0' },
};

interface Flags {
  readonly only?: readonly string[];
  readonly quick?: true;
  readonly pages?: true;
}

const program = new Command('npm run test:soak --')
  .description(
    'Rolls out, scales, deletes, evicts, kills and crashes pods under steady load, on the cluster that KUBECONFIG names. Writes its report to docs/evidence/soak/ if complete, else to a temporary folder.',
  )
  .addOption(
    new Option('--only <scenario...>', 'run these scenarios (default: all)').choices(
      scenarios.map(({ id }) => id),
    ),
  )
  .option('--quick', 'one rollout of each strategy, and half the load')
  .option('--pages', 'rewrite the committed pages from their soak.json; needs no cluster');

async function observe(only: readonly string[], options: SoakOptions): Promise<Soak> {
  const began = Date.now();
  const observed: Record<string, Observed> = {};
  const unobserved: Record<string, string> = {};
  const observeOne = async (scenario: Scenario): Promise<void> => {
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
  const isChosen = ({ id }: Scenario): boolean => only.length === 0 || only.includes(id);
  await Promise.all(together.filter(isChosen).map(observeOne));
  for (const scenario of inTurn.filter(isChosen)) {
    await observeOne(scenario);
  }
  return {
    beganAt: new Date(began).toISOString(),
    minutes: Math.round((Date.now() - began) / 6000) / 10,
    dist: distDigest(),
    options,
    observed,
    unobserved,
  };
}

function rewritePages(): void {
  for (const folder of readdirSync(SOAK_EVIDENCE).map((name) => path.join(SOAK_EVIDENCE, name))) {
    const soak = JSON.parse(readFileSync(path.join(folder, 'soak.json'), 'utf8')) as Soak;
    writeFileSync(path.join(folder, 'README.md'), report(soak, scenarios, soak.dist !== distDigest()));
  }
}

async function main(args: readonly string[]): Promise<void> {
  const { only = [], quick, pages } = program.parse(args, { from: 'user' }).opts<Flags>();
  if (pages) {
    rewritePages();
    return;
  }
  const isComplete = only.length === 0 && !quick;
  const soak = await observe(only, quick ? QUICK : LONG);
  const [, version = ''] = /^v?(\d+\.\d+)/.exec(clusterOf(soak)?.serverVersion ?? '') ?? [];
  const parent = isComplete ? SOAK_EVIDENCE : path.join(tmpdir(), 'soak');
  const folder = path.join(parent, `kubernetes-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'soak.json'), `${JSON.stringify(soak)}\n`);
  writeFileSync(path.join(folder, 'README.md'), report(soak, scenarios, false));
  console.log(`wrote ${path.join(folder, 'README.md')}`);
  const failed = proofs(soak, scenarios).filter(({ claims }) => claims.some(({ holds }) => !holds));
  const unobserved = Object.keys(soak.unobserved);
  if (failed.length + unobserved.length > 0) {
    console.error(
      `claims failed: ${failed.map(({ scenario }) => scenario.id).join(', ') || 'none'}; not observed: ${unobserved.join(', ') || 'none'}`,
    );
    process.exitCode = 1;
  }
}

if (require.main === module) {
  runMain(() => main(process.argv.slice(2)));
}
