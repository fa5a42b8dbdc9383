import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cluster } from '@online-inference/rollout/record';
import { Command } from 'commander';
import { ROOT } from '../kit/dist';
import { runMain } from '../kit/tools';
import { EvidenceFolder } from './folder';
import { limitsEvidence } from './limits';
import { predictScenario, recordScenario, screens } from './observe';
import { proofOf, type Proof } from './proof';
import type { Scenario } from './scenario';
import { scenarios } from './steps';

interface Seen extends Proof {
  readonly screen: string | undefined;
}

async function prove(scenario: Scenario, cluster: Cluster): Promise<Seen> {
  const predicted = predictScenario(scenario);
  const { timeline, screen } = await recordScenario(scenario, cluster);
  const proof = proofOf(scenario, predicted, timeline);
  for (const { claim, source, holds, because } of proof.verdicts) {
    console.log(
      `${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${claim} (${source}${because && `: ${because}`})`,
    );
  }
  return { ...proof, screen };
}

/** @param only beginnings of ids; all scenarios, the limits and the terminals if there are none */
async function record(only: readonly string[]): Promise<void> {
  const chosen = scenarios.filter(({ id }) => only.length === 0 || only.some((part) => id.startsWith(part)));
  const cluster = await Cluster.connect();
  const around = only.length === 0 ? { shown: await screens(), limits: await limitsEvidence() } : undefined;
  const seen: Seen[] = [];
  // One at a time: pods that come and go elsewhere on a small node disturb its network.
  for (const scenario of chosen) {
    seen.push(await prove(scenario, cluster));
  }
  const [, version = ''] = /^v?(\d+\.\d+)/.exec(seen[0]?.recorded.cluster?.serverVersion ?? '') ?? [];
  const failed = seen.filter(({ verdicts }) => verdicts.some(({ holds }) => !holds));
  // Never replace committed evidence by a recording that refutes a claim.
  const root = failed.length > 0 ? tmpdir() : path.join(ROOT, 'docs');
  const folder = new EvidenceFolder(path.join(root, 'evidence', `kubernetes-${version}`));
  for (const proof of seen) {
    await folder.writeProof(proof);
    if (proof.screen !== undefined) {
      folder.writeTerminal(proof.scenario.id, proof.scenario.title, proof.screen);
    }
  }
  if (around) {
    folder.writeRecorded(around.limits);
    for (const [name, text] of Object.entries(around.shown)) {
      folder.writeTerminal(name, 'kubectl', text);
    }
  }
  if (failed.length > 0) {
    const ids = failed.map(({ scenario }) => scenario.id).join(', ');
    console.error(`claims failed: ${ids}. docs/ is unchanged; see ${folder.path}`);
    process.exitCode = 1;
  } else {
    folder.writePage();
  }
}

function rewritePages(): void {
  const evidence = path.join(ROOT, 'docs/evidence');
  for (const name of readdirSync(evidence).filter((each) => each.startsWith('kubernetes-'))) {
    new EvidenceFolder(path.join(evidence, name)).writePage();
  }
}

const program = new Command('npm run evidence --')
  .description(
    'Predicts each step of the homework and records it on the cluster that KUBECONFIG names, into docs/evidence/.',
  )
  .argument('[id...]', 'beginnings of scenario ids (default: all scenarios, and the pictures of the cluster)')
  .option('--pages', 'rewrite the committed pages from their timelines; needs no cluster');

runMain(async () => {
  program.parse();
  if (program.opts<{ pages?: true }>().pages) rewritePages();
  else await record(program.args);
});
