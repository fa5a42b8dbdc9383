import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client';
import { coverageOf } from './coverage';
import { expectGood } from './good';
import { fuzzInference } from './inference/run';
import { judgeRun, memoryOf } from './judgement';
import { Sampler } from './metrics';
import { optionsOf, USAGE, type Options } from './options';
import { fuzzRaw } from './raw/run';
import { markdown, parsedShare, type Report } from './report';
import { fuzzFromOpenapi } from './schemathesis';
import { flood, holdSlowConnections, type Slow } from './slow';
import { startBundle, type Target } from './target';
import { Tally } from './tally';

/** So many of the inference requests tell what the others would of the lines that are run. */
const MOST_COVERED = 10_000;

/** Everything, one kind after another, beside connections that are held open throughout. */
async function fuzz(target: Target, { count, seed, parts }: Options, tally: Tally): Promise<readonly Slow[]> {
  const has = (part: Options['parts'][number]) => parts.includes(part);
  let over = (): void => undefined;
  const held = has('slow')
    ? holdSlowConnections(target, new Promise<void>((resolve) => (over = resolve)), tally)
    : Promise.resolve([]);
  if (has('inference')) {
    await fuzzInference(target, count, seed, tally);
  }
  if (has('raw')) {
    await fuzzRaw(target, Math.ceil(count / 10), seed, tally);
  }
  if (has('slow')) {
    await flood(target, 10, tally);
  }
  if (has('openapi')) {
    await fuzzFromOpenapi(target, Math.ceil(count / 300), seed, tally);
  }
  const client = new Client(target);
  await expectGood(client, 'everything');
  client.close();
  over();
  return held;
}

async function main(options: Options): Promise<void> {
  const own = options.target ? undefined : await startBundle();
  const target = options.target ?? own;
  if (!target) {
    throw new Error('there is no service');
  }
  const tally = new Tally();
  const sampler = new Sampler(target);
  await sampler.sample();
  const start = performance.now();
  console.log(`seed ${options.seed}, service at ${target.host}:${target.port}`);
  try {
    const slow = await fuzz(target, options, tally);
    // what was left of the connections is gone
    await sleep(1_000);
    await sampler.sample();
    sampler.stop();
    judgeRun(sampler, own, tally);
    await own?.end();
    const covered = Math.min(options.count, MOST_COVERED);
    const report: Report = {
      command: `npm run fuzz -- --count ${options.count} --seed ${options.seed}`,
      seed: options.seed,
      seconds: Math.round((performance.now() - start) / 1000),
      node: `Node ${process.version}`,
      tally,
      memory: memoryOf(sampler.samples),
      slow,
      coverage: own && options.parts.includes('inference') ? await coverageOf(covered, options.seed) : [],
      covered,
    };
    tell(report, options.report);
  } finally {
    sampler.stop();
    await own?.end();
  }
}

function tell(report: Report, folder: string | undefined): void {
  const { tally } = report;
  const text = markdown(report);
  console.log(text);
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'README.md'), text);
    writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  }
  if (tally.failures.length > 0 || parsedShare(tally) < 0.5) {
    console.log(`FAILED: ${tally.failures.length} failures; seed ${report.seed}`);
    process.exitCode = 1;
  }
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE);
} else {
  void main(optionsOf(args));
}
