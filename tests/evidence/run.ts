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
import { outcomesOf, proofOf, type Proof } from './proof';
import { scenarios } from './steps';

/** @param only beginnings of ids; all scenarios, the limits and the terminals if there are none */
async function record(only: readonly string[]): Promise<void> {
  const chosen = scenarios.filter(({ id }) => only.length === 0 || only.some((part) => id.startsWith(part)));
  const cluster = await Cluster.connect();
  const around = only.length === 0 ? { shown: await screens(), limits: await limitsEvidence() } : undefined;
  const proofs: Proof[] = [];
  const shown = Object.entries(around?.shown ?? {}).map(([id, screen]) => ({ id, title: 'kubectl', screen }));
  let failed = false;
  // One at a time: pods that come and go elsewhere on a small node disturb its network.
  for (const scenario of chosen) {
    const { timeline, screen } = await recordScenario(scenario, cluster);
    const proof = proofOf(scenario, predictScenario(scenario), timeline);
    proofs.push(proof);
    if (screen !== undefined) shown.push({ ...scenario, screen });
    for (const { claim, holds, because } of outcomesOf(proof)) {
      console.log(`${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${claim}${because && `: ${because}`}`);
      failed ||= !holds;
    }
  }
  const [, version = ''] = /^v?(\d+\.\d+)/.exec(proofs[0]?.recorded.cluster?.serverVersion ?? '') ?? [];
  // Never replace committed evidence by a recording that refutes a claim.
  const root = failed ? tmpdir() : path.join(ROOT, 'docs');
  const folder = new EvidenceFolder(path.join(root, 'evidence', `kubernetes-${version}`));
  for (const proof of proofs) await folder.writeProof(proof);
  for (const { id, title, screen } of shown) folder.writeTerminal(id, title, screen);
  if (around) folder.writeRecorded(around.limits);
  if (failed) {
    console.error(`claims failed: docs/ is unchanged; see ${folder.path}`);
    process.exitCode = 1;
  } else {
    folder.writePage();
  }
}

function committedFolders(): EvidenceFolder[] {
  const evidence = path.join(ROOT, 'docs/evidence');
  const versions = readdirSync(evidence).filter((each) => each.startsWith('kubernetes-'));
  return versions.map((name) => new EvidenceFolder(path.join(evidence, name)));
}

/** Predicts each scenario again, beside the committed recordings. */
async function predictAgain(): Promise<void> {
  for (const folder of committedFolders()) {
    for (const { scenario, recorded } of folder.proofs) {
      await folder.writePrediction(proofOf(scenario, predictScenario(scenario), recorded));
    }
    folder.writePage();
  }
}

const program = new Command('npm run evidence --')
  .description(
    'Predicts each step of the homework and records it on the cluster that KUBECONFIG names, into docs/evidence/.',
  )
  .argument('[id...]', 'beginnings of scenario ids (default: all scenarios, and the pictures of the cluster)')
  .option('--pages', 'rewrite the committed pages from their timelines; needs no cluster')
  .option('--predict', 'predict again beside the committed recordings; needs no cluster');

runMain(async () => {
  program.parse();
  const { pages, predict } = program.opts<{ pages?: true; predict?: true }>();
  if (predict) await predictAgain();
  else if (pages) for (const folder of committedFolders()) folder.writePage();
  else await record(program.args);
});
