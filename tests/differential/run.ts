import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Cluster, Session } from '@online-inference/rollout/record';
import { Command, InvalidArgumentError, Option } from 'commander';
import { calibrate } from './calibrate';
import { createCase, createLargeCase, selectCases } from './cases';
import { grounds, type GroundName } from './grounds';
import { predictOutcome } from './outcome';
import { rollOutAll, type Site } from './real-runs';
import { createPage, digestCases, type Summary } from './report';
import { explainDisagreements, tally } from './tally';

interface Flags {
  readonly ground: GroundName;
  readonly seed: number;
  readonly cases: number;
  readonly times: number;
  readonly parallel: number;
  readonly calibration: number;
  readonly thousand: boolean;
  readonly output: string;
}

/** Number of the first case that only measures the cluster. */
const CALIBRATION_CASES_FROM = 1_000_000;

async function runCases(flags: Flags, site: Site): Promise<Summary> {
  const { seed, cases: count, times, parallel, thousand } = flags;
  const ground = grounds[flags.ground];
  const selection = { seed, count, thousand };
  const measuring = Array.from({ length: flags.calibration }, (_, index) =>
    createCase(seed, CALIBRATION_CASES_FROM + index, ground),
  );
  const measured = await rollOutAll(measuring, { times: 1, parallel }, site);
  const measuredAs = calibrate(measured.recorded);
  const random = await rollOutAll(
    selectCases({ ...selection, thousand: false }, ground),
    { times, parallel },
    site,
  );
  const large = await rollOutAll(thousand ? [createLargeCase(ground)] : [], { times, parallel: 1 }, site);
  const recorded = [...random.recorded, ...large.recorded];
  const outcomes = recorded.map((each) => predictOutcome(each, ground.getOptions(measuredAs)));
  const rows = tally(outcomes);
  return {
    ground: flags.ground,
    serverVersion: recorded[0]?.runs[0]?.cluster?.serverVersion ?? 'unknown',
    selection,
    digest: digestCases(selectCases(selection, ground)),
    cases: recorded.length,
    runsEach: times,
    measuredAs,
    rows,
    disagreements: explainDisagreements(outcomes, rows),
    failed: [...measured.failed, ...random.failed, ...large.failed],
  };
}

async function main(flags: Flags): Promise<void> {
  const { output } = flags;
  const cluster = await Cluster.connect();
  const namespace = `differential-${flags.ground}-${flags.seed}`;
  await cluster.request('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
  const session = await Session.open(cluster, { namespace, events: false });
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => { stopping.abort(); }); // prettier-ignore
  try {
    const summary = await runCases(flags, { cluster, session, namespace, signal: stopping.signal });
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(`${output}.json`, `${JSON.stringify(summary, null, 1)}\n`);
    writeFileSync(`${output}.md`, createPage(summary));
    process.stdout.write(createPage(summary));
  } finally {
    session.close();
    await cluster.request('DELETE', `/api/v1/namespaces/${namespace}`);
  }
}

const parseInteger =
  (min: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min)
      throw new InvalidArgumentError(`Expected an integer from ${min}.`);
    return value;
  };

const program = new Command('differential')
  .description(
    'Rolls out random Deployments on the cluster of KUBECONFIG and compares them with predictions.',
  )
  .addOption(new Option('--ground <ground>', 'nodes to run on').choices(Object.keys(grounds)).default('fake'))
  .addOption(
    new Option('--seed <number>', 'random seed')
      .argParser(parseInteger(0))
      .default(Math.floor(Date.now() / 1000) % 100_000, 'from the clock'),
  )
  .option('--cases <number>', 'number of random cases', parseInteger(1), 300)
  .option('--times <number>', 'rollouts of each case', parseInteger(1), 2)
  .option('--parallel <number>', 'cases at the same time', parseInteger(1), 8)
  .option('--calibration <number>', 'cases that measure the latencies of the cluster', parseInteger(0), 16)
  .option('--thousand', 'add a case of a thousand pods', false)
  .requiredOption('-o, --output <file>', 'path of the report, without its extension');
program.parse();
void main(program.opts());
