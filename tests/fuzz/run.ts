import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { startService } from '../kit/service';
import { runMain } from '../kit/tools';
import { Client, type Target } from './client';
import { cases, type Case } from './inference/cases';
import { judge } from './inference/judge';
import { checkProperty } from './property';
import { fuzzRaw } from './raw/run';
import { markdown, Report, sum } from './report';
import { Sampler } from './sampler';
import { fuzzOpenapi } from './schemathesis';
import { flood, holdConnections } from './slow';

interface Flags {
  readonly count: number;
  readonly seed: number;
  readonly report?: string;
}

/** Share of inference requests that must be answered, to reach the code behind the parser. */
const LEAST_ANSWERED = 0.2;

/** Returns a parser for an option that is an integer. */
const integer =
  (least: number, most: number) =>
  (given: string): number => {
    if (/^\d+$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
    throw new InvalidArgumentError(`expected an integer from ${least} to ${most}.`);
  };

function readTarget(given: string): Target {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(given) ?? [];
  if (host !== '' && Number(port) <= 65_535) return { host, port: Number(port) };
  throw new InvalidArgumentError('expected HOST:PORT.');
}

/** Sends the requests of all parts. */
async function fuzz(target: Target, { count, seed }: Flags, report: Report): Promise<void> {
  const ended = new AbortController();
  const held = holdConnections(target, ended.signal, report);
  const send = async (client: Client, sent: Case): Promise<string> => {
    const received = await client.send(sent);
    judge(sent, received);
    report.count('inference', received.status, sent.fault);
    return sent.fault;
  };
  try {
    await checkProperty(target, { part: 'inference', cases, count, seed, send }, report);
    await fuzzRaw(target, Math.ceil(count / 10), seed, report);
    await flood(target, 10, report);
    await fuzzOpenapi(target, Math.ceil(count / 300), seed, report);
    const client = new Client(target);
    await report.expectRight(client, 'everything');
    client.close();
  } finally {
    ended.abort();
    report.slow = await held;
  }
}

async function main(given: Target | undefined, flags: Flags): Promise<void> {
  const { count, seed, report: folder } = flags;
  const own = given ? undefined : await startService();
  const target = given ?? readTarget(new URL(own?.url ?? '').host);
  const report = new Report(`npm run test:fuzz -- --count ${count} --seed ${seed}`, seed);
  const sampler = new Sampler(target);
  console.log(`seed ${seed}, service at ${target.host}:${target.port}`);
  const start = performance.now();
  const inference = (report.requests['inference'] = {} as Record<string, number>);
  try {
    await sampler.sample();
    await fuzz(target, flags, report);
    // The service notices within a second that the held connections are gone.
    await sleep(1_000);
  } finally {
    report.memory = await sampler.stop(sum(inference) + report.right);
    await own?.stop();
  }
  if ((inference['200'] ?? 0) < LEAST_ANSWERED * sum(inference)) {
    report.fail('inference', `fewer than ${LEAST_ANSWERED * 100} % of the requests were answered`);
  }
  for (const fault of [...sampler.faults, ...(own?.faults ?? [])]) report.fail('service', fault);
  report.seconds = Math.round((performance.now() - start) / 1000);
  console.log(markdown(report));
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'README.md'), markdown(report));
    writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  }
  if (report.failures.length > 0) {
    console.log(`FAILED: ${report.failures.length} failures; seed ${seed}`);
    process.exitCode = 1;
  }
}

const program = new Command('npm run test:fuzz --')
  .description('Sends wrong requests, with right ones between them, and checks every response.')
  .argument('[HOST:PORT]', 'address of a running service (default: starts one)', readTarget)
  .option('--count <n>', 'inference requests; the other parts are in proportion', integer(1, 1e7), 30_000)
  .option(
    '--seed <n>',
    'random seed; the same seed sends the same requests (default: random)',
    integer(0, 2e9),
  )
  .option('--report <folder>', 'write README.md and report.json to this folder')
  .action((target: Target | undefined, flags: Omit<Flags, 'seed'> & { seed?: number }) =>
    main(target, { seed: Math.floor(Math.random() * 2e9), ...flags }),
  );

runMain(async () => {
  await program.parseAsync();
});
