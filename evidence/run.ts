import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { draw, terminalSvg } from '@online-inference/rollout/draw';
import { Cluster } from '@online-inference/rollout/record';
import { limitsEvidence } from './limits';
import { predicted, recorded } from './observe';
import { report, type Proof } from './report';
import type { Scenario } from './scenario';
import { deployments } from './steps/deployments';
import { probes } from './steps/probes';
import { replicaset } from './steps/replicaset';
import { screens } from './terminal';
import { verdicts } from './verdicts';

/** So many at once leave two cores room: a scenario mostly waits. */
const AT_ONCE = 3;

async function prove(scenario: Scenario, cluster: Cluster): Promise<Proof> {
  const said = predicted(scenario);
  const { timeline: seen, screen } = await recorded(scenario, cluster);
  const proof = {
    scenario,
    predicted: said,
    recorded: seen,
    screen,
    verdicts: verdicts(scenario, [said, seen]),
  };
  for (const { claim, source, holds, because } of proof.verdicts) {
    console.log(
      `${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${claim} (${source}${because && `: ${because}`})`,
    );
  }
  return proof;
}

async function proveAll(scenarios: readonly Scenario[], cluster: Cluster, atOnce: number): Promise<Proof[]> {
  const proofs: Proof[] = [];
  const waiting = [...scenarios];
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

async function write(
  proofs: readonly Proof[],
  shown: Readonly<Record<string, string>>,
  folder: string,
  page: string | undefined,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(shown)) {
    writeFileSync(path.join(folder, `${name}.terminal.svg`), terminalSvg({ title: 'kubectl', text }));
  }
  for (const { scenario, predicted: said, recorded: seen, screen } of proofs) {
    const file = path.join(folder, scenario.id);
    if (screen !== undefined) {
      writeFileSync(`${file}.terminal.svg`, terminalSvg({ title: scenario.title, text: screen }));
    }
    writeFileSync(`${file}.predicted.json`, `${JSON.stringify(said)}\n`);
    writeFileSync(`${file}.recorded.json`, `${JSON.stringify(seen)}\n`);
    writeFileSync(`${file}.svg`, await draw([said, seen], 'svg'));
  }
  if (page !== undefined) {
    writeFileSync(path.join(folder, 'README.md'), page);
  }
}

async function main(only: readonly string[]): Promise<void> {
  const scenarios = [...probes, ...replicaset, ...deployments].filter(
    ({ id }) => only.length === 0 || only.some((part) => id.startsWith(part)),
  );
  const cluster = await Cluster.connect();
  const shown = await screens();
  const limits = await limitsEvidence();
  const of = (kind: Scenario['beside']) => scenarios.filter(({ beside = 'others' }) => beside === kind);
  const throughout = proveAll(of('anything'), cluster, 1);
  const oneAfterAnother = async (): Promise<Proof[]> => {
    const together = await proveAll(of('others'), cluster, AT_ONCE);
    return [...together, ...(await proveAll(of('nothing'), cluster, 1))];
  };
  const found = (await Promise.all([throughout, oneAfterAnother()])).flat();
  const proofs = scenarios.flatMap((scenario) => found.find((proof) => proof.scenario === scenario) ?? []);
  const failed = proofs.filter((proof) => proof.verdicts.some(({ holds }) => !holds));
  const [, minor = ''] = /^v?(\d+\.\d+)/.exec(proofs[0]?.recorded.cluster?.serverVersion ?? '') ?? [];
  // a claim that failed leaves docs/ as it was; what was recorded is still to be looked at
  const folder = failed.length > 0 ? tmpdir() : 'docs';
  await write(
    proofs,
    shown,
    path.join(folder, 'evidence', `kubernetes-${minor}`),
    only.length === 0 ? report(proofs, limits) : undefined,
  );
  if (failed.length > 0) {
    console.error(
      `claims failed: ${failed.map(({ scenario }) => scenario.id).join(', ')}; see ${folder}/evidence`,
    );
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
