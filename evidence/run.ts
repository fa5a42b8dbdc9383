import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { draw } from '@online-inference/rollout/draw';
import { Cluster } from '@online-inference/rollout/record';
import { limitsEvidence } from './limits';
import { predicted, recorded } from './observe';
import { report, type Proof } from './report';
import type { Scenario } from './scenario';
import { deployments } from './steps/deployments';
import { probes } from './steps/probes';
import { replicaset } from './steps/replicaset';
import { verdicts } from './verdicts';

/** So many at once leave two cores room: a scenario mostly waits. */
const AT_ONCE = 4;

async function prove(scenario: Scenario, cluster: Cluster): Promise<Proof> {
  const said = predicted(scenario);
  const seen = await recorded(scenario, cluster);
  const proof = { scenario, predicted: said, recorded: seen, verdicts: verdicts(scenario, [said, seen]) };
  for (const { claim, source, holds, because } of proof.verdicts) {
    console.log(
      `${holds ? 'ok  ' : 'FAIL'} ${scenario.id}: ${claim} (${source}${because && `: ${because}`})`,
    );
  }
  return proof;
}

async function proveAll(scenarios: readonly Scenario[], cluster: Cluster): Promise<Proof[]> {
  const proofs: Proof[] = [];
  const waiting = [...scenarios];
  const work = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      proofs.push(await prove(scenario, cluster));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return scenarios.flatMap((scenario) => proofs.find((proof) => proof.scenario === scenario) ?? []);
}

async function write(proofs: readonly Proof[], folder: string, page: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { scenario, predicted: said, recorded: seen } of proofs) {
    const file = path.join(folder, scenario.id);
    writeFileSync(`${file}.predicted.json`, `${JSON.stringify(said)}\n`);
    writeFileSync(`${file}.recorded.json`, `${JSON.stringify(seen)}\n`);
    writeFileSync(`${file}.svg`, await draw([said, seen], 'svg'));
  }
  writeFileSync(path.join(folder, 'README.md'), page);
}

async function main(only: readonly string[]): Promise<void> {
  const scenarios = [...probes, ...replicaset, ...deployments].filter(
    ({ id }) => only.length === 0 || only.some((part) => id.startsWith(part)),
  );
  const cluster = await Cluster.connect();
  const limits = await limitsEvidence();
  const proofs = await proveAll(scenarios, cluster);
  const [, minor = ''] = /^v?(\d+\.\d+)/.exec(proofs[0]?.recorded.cluster?.serverVersion ?? '') ?? [];
  const failed = proofs.flatMap((proof) => proof.verdicts).filter(({ holds }) => !holds);
  await write(proofs, path.join('docs', 'evidence', `kubernetes-${minor}`), report(proofs, limits));
  if (failed.length > 0) {
    console.error(`${failed.length} claims do not hold`);
    process.exitCode = 1;
  }
}

void main(process.argv.slice(2));
