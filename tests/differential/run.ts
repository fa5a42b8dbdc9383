import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { number } from '../../packages/rollout/src/commands/flags';
import { Cluster, Session } from '../../packages/rollout/src/record';
import { calibrate } from './calibrate';
import { caseOf, thousandPods, type Case } from './cases';
import { inParallel, outcomeOf, realRuns, type Site } from './execute';
import { disagreements } from './explain';
import { fake, fakeOptions, real, realOptions } from './grounds';
import { markdown, told } from './report';
import { tally, type Outcome } from './tally';

interface Flags {
  readonly ground: 'fake' | 'real';
  readonly seed: number;
  readonly cases: number;
  readonly times: number;
  readonly parallel: number;
  readonly calibration: number;
  readonly thousand: boolean;
  readonly keep?: string;
  readonly output: string;
}

const grounds = {
  fake: {
    ground: fake,
    options: fakeOptions,
    most: 12,
    title: 'Predictions beside real rollouts on fake nodes',
  },
  real: {
    ground: real,
    options: realOptions,
    most: 3,
    title: 'Predictions beside real rollouts of real pods',
  },
};

/** Runs cases, and hands on those that could be run. */
async function runAll(
  cases: readonly Case[],
  { times, parallel }: Pick<Flags, 'times' | 'parallel'>,
  site: Site,
  failed: { name: string; error: string }[],
): Promise<{ each: Case; runs: Outcome['runs'] }[]> {
  const done: { each: Case; runs: Outcome['runs'] }[] = [];
  await inParallel(cases, parallel, site.signal, async (each) => {
    try {
      done.push({ each, runs: await realRuns(each, times, site) });
    } catch (error) {
      failed.push({ name: each.name, error: error instanceof Error ? error.message : String(error) });
    }
    if (done.length % 20 === 0) process.stderr.write(`${done.length} of ${cases.length} cases\n`);
  });
  return done;
}

async function main(flags: Flags): Promise<void> {
  const { seed, cases, times, parallel, calibration, output, keep } = flags;
  const { ground, options, most, title } = grounds[flags.ground];
  const cluster = await Cluster.connect();
  const namespace = `differential-${flags.ground}-${seed}`;
  await cluster.request('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
  const session = await Session.open(cluster, { namespace, events: false });
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => { ending.abort(); }); // prettier-ignore
  const site: Site = { cluster, session, namespace, signal: ending.signal };
  const drawn = (from: number, count: number): Case[] =>
    Array.from({ length: count }, (_, index) => caseOf(seed, from + index, ground, most));
  const failed: { name: string; error: string }[] = [];
  try {
    // the cluster is measured on cases of their own, which no prediction is judged by
    const measured = await runAll(drawn(1_000_000, calibration), { times: 1, parallel }, site, failed);
    const measuredAs = calibrate(measured);
    const all = drawn(0, cases);
    const done = await runAll(all, { times, parallel }, site, failed);
    if (flags.thousand)
      done.push(...(await runAll([thousandPods(ground)], { times, parallel: 1 }, site, failed)));
    const outcomes = done.map(({ each, runs }) => {
      const outcome = outcomeOf(each, runs, options(measuredAs));
      if (keep !== undefined) {
        mkdirSync(keep, { recursive: true });
        writeFileSync(
          path.join(keep, `${each.name}.json`),
          JSON.stringify({ ...each, measuredAs, predicted: outcome.predicted, runs }),
        );
      }
      return outcome;
    });
    const serverVersion = done[0]?.runs[0]?.cluster?.serverVersion ?? 'unknown';
    const rows = tally(outcomes);
    const summary = {
      title,
      serverVersion,
      seed,
      cases: done.length,
      runsEach: times,
      measuredAs,
      rows,
      disagreements: disagreements(outcomes, rows),
      failed,
    };
    mkdirSync(path.dirname(output), { recursive: true });
    const lines = done.map(({ each }) => told(each));
    writeFileSync(`${output}.json`, `${JSON.stringify({ ...summary, lines }, null, 1)}\n`);
    writeFileSync(`${output}.md`, markdown(summary));
    process.stdout.write(markdown(summary));
  } finally {
    session.close();
    await cluster.request('DELETE', `/api/v1/namespaces/${namespace}`);
  }
}

const whole = (least: number) => number(least, { whole: true });
const program = new Command('differential')
  .description('Runs random Deployments on the cluster that KUBECONFIG names, and predicts them.')
  .addOption(new Option('--ground <ground>', 'whose pods').choices(['fake', 'real']).default('fake'))
  .option('--seed <number>', 'of the cases', whole(0), Math.floor(Date.now() / 1000) % 100_000)
  .option('--cases <number>', 'how many', whole(1), 300)
  .option('--times <number>', 'real runs of each', whole(1), 2)
  .option('--parallel <number>', 'cases at once', whole(1), 8)
  .option('--calibration <number>', 'cases to measure the cluster with', whole(0), 16)
  .option('--thousand', 'one more case, of a thousand pods', false)
  .option('--keep <folder>', 'write every timeline there')
  .requiredOption('-o, --output <file>', 'the report, without its ending');
program.parse();
void main(program.opts());
