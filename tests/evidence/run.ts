import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cluster } from '@online-inference/rollout/record';
import { EvidenceFolder } from './folder';
import { limitsEvidence, type LimitsEvidence } from './limits';
import { predicted, recorded } from './observe';
import { proofOf, type Proof } from './proof';
import type { Scenario } from './scenario';
import { scenarios } from './steps';
import { screens } from './terminal';

/** So many at once leave two cores room: a scenario mostly waits. */
const AT_ONCE = 3;

interface Seen extends Proof {
  readonly screen: string | undefined;
}

async function prove(scenario: Scenario, cluster: Cluster): Promise<Seen> {
  const said = predicted(scenario);
  const { timeline, screen } = await recorded(scenario, cluster);
  const proof = proofOf(scenario, said, timeline);
  for (const { claim, source, holds, because } of proof.verdicts) {
    const words = `${claim} (${source}${because && `: ${because}`})`;
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${words}`);
  }
  return { ...proof, screen };
}

async function proveAll(chosen: readonly Scenario[], cluster: Cluster, atOnce: number): Promise<Seen[]> {
  const proofs: Seen[] = [];
  const waiting = [...chosen];
  const work = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      proofs.push(await prove(scenario, cluster));
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const failed = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (failed.length > 0) {
    throw new AggregateError(failed, failed.map(String).join('; '));
  }
  return proofs;
}

/** Records the scenarios beside each other as far as they bear it. */
async function observe(chosen: readonly Scenario[], cluster: Cluster): Promise<Seen[]> {
  const of = (kind: Scenario['beside']) => chosen.filter(({ beside = 'others' }) => beside === kind);
  const throughout = proveAll(of('anything'), cluster, 1);
  const oneAfterAnother = async (): Promise<Seen[]> => {
    const together = await proveAll(of('others'), cluster, AT_ONCE);
    return [...together, ...(await proveAll(of('nothing'), cluster, 1))];
  };
  return (await Promise.all([throughout, oneAfterAnother()])).flat();
}

async function keep(
  folder: EvidenceFolder,
  seen: readonly Seen[],
  around: { limits: LimitsEvidence; shown: Record<string, string> } | undefined,
): Promise<void> {
  for (const proof of seen) {
    await folder.keep(proof);
    if (proof.screen !== undefined) {
      folder.keepScreen(proof.scenario.id, proof.scenario.title, proof.screen);
    }
  }
  if (around) {
    folder.keepLimits(around.limits);
    for (const [name, text] of Object.entries(around.shown)) {
      folder.keepScreen(name, 'kubectl', text);
    }
  }
}

/** @param only the beginnings of the scenarios' names; all, and what is around them, when there are none */
async function main(only: readonly string[]): Promise<void> {
  const chosen = scenarios.filter(({ id }) => only.length === 0 || only.some((part) => id.startsWith(part)));
  const cluster = await Cluster.connect();
  const around = only.length === 0 ? { shown: await screens(), limits: await limitsEvidence() } : undefined;
  const seen = await observe(chosen, cluster);
  const [, minor = ''] = /^v?(\d+\.\d+)/.exec(seen[0]?.recorded.cluster?.serverVersion ?? '') ?? [];
  const failed = seen.filter(({ verdicts }) => verdicts.some(({ holds }) => !holds));
  // a claim that failed leaves docs/ as it was; what was recorded is still to be looked at
  const root = failed.length > 0 ? tmpdir() : 'docs';
  const folder = new EvidenceFolder(path.join(root, 'evidence', `kubernetes-${minor}`));
  await keep(folder, seen, around);
  if (failed.length > 0) {
    const names = failed.map(({ scenario }) => scenario.id).join(', ');
    console.error(`claims failed: ${names}; docs/ is as it was, see ${folder.path}`);
    process.exitCode = 1;
  } else {
    folder.keepPage();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
