import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runMain, ToolError } from '../kit/tools';
import { Client, type Target } from './client';
import { fuzzInference } from './inference/run';
import { fuzzRaw } from './raw/run';
import { markdown, Report, sum } from './report';
import { fuzzOpenapi } from './schemathesis';
import { Sampler, startService } from './service';
import { flood, holdConnections } from './slow';

const USAGE = `npm run test:fuzz -- [HOST:PORT] [--count N] [--seed N] [--report FOLDER] [--without PARTS]

Sends wrong requests, with right ones between them, to the service at HOST:PORT. Starts a service if none is given.

  --count N         inference requests; the other parts are in proportion (default: 30000)
  --seed N          random seed; the same seed sends the same requests (default: random)
  --report FOLDER   write README.md and report.json to FOLDER
  --without PARTS   comma-separated parts to leave out: inference, raw, slow, openapi
`;

const PARTS = ['inference', 'raw', 'slow', 'openapi'];
/** Share of inference requests that must be answered. */
const LEAST_ANSWERED = 0.2;
const LARGEST_SEED = 2 ** 31 - 1000;

interface Options {
  readonly target: Target | undefined;
  readonly count: number;
  readonly seed: number;
  readonly report: string | undefined;
  readonly parts: readonly string[];
}

/** @throws ToolError with the allowed values */
function readOptions(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '30000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * LARGEST_SEED)) },
      report: { type: 'string' },
      without: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [address] = positionals;
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(address ?? '') ?? [];
  if (positionals.length > 1 || (address !== undefined && (host === '' || Number(port) > 65_535))) {
    throw new ToolError(`expected at most one HOST:PORT, got ${positionals.join(' ')}`);
  }
  const without = values.without.split(',').filter(Boolean);
  const unknown = without.find((part) => !PARTS.includes(part));
  if (unknown !== undefined)
    throw new ToolError(`--without must be some of ${PARTS.join(', ')}, not ${unknown}`);
  return {
    target: address === undefined ? undefined : { host, port: Number(port) },
    count: integer('--count', values.count, 1, 10_000_000),
    seed: integer('--seed', values.seed, 0, LARGEST_SEED),
    report: values.report,
    parts: PARTS.filter((part) => !without.includes(part)),
  };
}

function integer(name: string, value: string, least: number, most: number): number {
  if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
    throw new ToolError(`${name} must be an integer from ${least} to ${most}, not ${value}`);
  }
  return Number(value);
}

/** Runs the parts one after another. */
async function fuzzParts(target: Target, { count, seed, parts }: Options, report: Report): Promise<void> {
  if (parts.includes('inference')) await fuzzInference(target, count, seed, report);
  if (parts.includes('raw')) await fuzzRaw(target, Math.ceil(count / 10), seed, report);
  if (parts.includes('slow')) await flood(target, 10, report);
  if (parts.includes('openapi')) await fuzzOpenapi(target, Math.ceil(count / 300), seed, report);
  const client = new Client(target);
  await client.expectRight('everything');
  client.close();
}

/** Runs the parts while connections are held open. */
async function fuzz(target: Target, options: Options, report: Report): Promise<void> {
  let over = (): void => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const held = options.parts.includes('slow') ? holdConnections(target, ended, report) : [];
  try {
    await fuzzParts(target, options, report);
  } finally {
    over();
    report.slow = await held;
  }
}

async function main(options: Options | undefined): Promise<void> {
  if (!options) {
    console.log(USAGE);
    return;
  }
  const { count, seed, report: folder } = options;
  const own = options.target ? undefined : await startService();
  const target = options.target ?? own ?? { host: '', port: 0 };
  const report = new Report(`npm run test:fuzz -- --count ${count} --seed ${seed}`, seed);
  const sampler = new Sampler(target);
  console.log(`seed ${seed}, service at ${target.host}:${target.port}`);
  const start = performance.now();
  try {
    await sampler.sample();
    await fuzz(target, options, report);
    // The service notices within a second that the held connections are gone.
    await sleep(1_000);
  } finally {
    report.memory = await sampler.stop();
    await own?.stop();
  }
  const { inference = {} } = report.requests;
  if ((inference['200'] ?? 0) < LEAST_ANSWERED * sum(inference)) {
    report.fail('inference', 'too few requests were answered to reach the code behind the parser');
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

runMain(async () => main(readOptions(process.argv.slice(2))));
