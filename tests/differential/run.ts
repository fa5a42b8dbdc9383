import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Cluster, Session, type WorkloadKind } from '@online-inference/rollout/record';
import { Command, InvalidArgumentError, Option } from 'commander';
import { calibrate, type RecordedCase } from './calibrate';
import { createCase, createLargeCase, selectCases } from './cases';
import { grounds, type GroundName, type GroundOptions } from './grounds';
import { predictOutcome, predictWithRival, type Outcome } from './outcome';
import { rollOutAll, spread, type Failure, type Site } from './real-runs';
import { createPage, digestCases, type RivalSummary, type Summary } from './report';
import { RIVAL_NAME } from './rival/rival';
import { explainDisagreements, tally } from './tally';
import { subjectNames, type SubjectName } from './subjects';
import { getMedianSeconds, measureTimes, type Timed } from './times';

interface Flags {
  readonly ground: GroundName;
  readonly seed: number;
  readonly cases: number;
  readonly times: number;
  readonly parallel: number;
  readonly calibration: number;
  readonly thousand: boolean;
  readonly subject?: SubjectName;
  readonly recordings?: string;
  readonly judge?: string;
  readonly rival: boolean;
  readonly output: string;
}

/** What a run recorded: enough to judge predictions again without a cluster. */
interface Recordings {
  readonly flags: Flags;
  readonly measured: RecordedCase[];
  readonly recorded: RecordedCase[];
  readonly failed: Failure[];
}

/** Number of the first case that only measures the cluster. */
const CALIBRATION_CASES_FROM = 1_000_000;

async function recordCases(flags: Flags, site: Site): Promise<Recordings> {
  const { seed, cases: count, times, parallel, thousand, subject } = flags;
  const ground = grounds[flags.ground];
  const measuring = Array.from({ length: flags.calibration }, (_, index) =>
    createCase(seed, CALIBRATION_CASES_FROM + index, ground),
  );
  const cases = selectCases({ seed, count, thousand: false, subject }, ground);
  // latencies change with the load of the machine: they are measured all the time
  const jobs = spread(
    measuring.map((each) => ({ each, times: 1 })),
    cases.map((each) => ({ each, times })),
  );
  const random = await rollOutAll(jobs, parallel, site);
  const large = await rollOutAll(thousand ? [{ each: createLargeCase(ground), times }] : [], 1, site);
  const isMeasuring = ({ each }: RecordedCase): boolean => measuring.some(({ name }) => name === each.name);
  return {
    flags,
    measured: random.recorded.filter(isMeasuring),
    recorded: [...random.recorded.filter((each) => !isMeasuring(each)), ...large.recorded],
    failed: [...random.failed, ...large.failed],
  };
}

/** Adds the rules in which a version of Kubernetes differs from the newest. */
function withRulesOf(serverVersion: string, options: GroundOptions): GroundOptions {
  const minor = Number(/^v1\.(\d+)/.exec(serverVersion)?.[1]);
  return { ...options, timings: { ...options.timings, availabilityDelay: minor < 34 ? 1 : 0 } };
}

const toTimed = ({ predicted, runs, rival }: Outcome): Timed => ({
  predicted,
  runs,
  rival: rival && 'timeline' in rival ? rival.timeline : undefined,
});

const summarizeRival = (outcomes: readonly Outcome[]): RivalSummary => ({
  name: RIVAL_NAME,
  seconds: getMedianSeconds(
    outcomes.flatMap(({ rival }) => (rival && 'seconds' in rival ? [rival.seconds] : [])),
  ),
  failed: outcomes.flatMap(({ name, rival }) =>
    rival && 'error' in rival ? [{ name, error: rival.error }] : [],
  ),
});

async function judgeRecordings(
  { flags, measured, recorded, failed }: Recordings,
  withRival: boolean,
): Promise<Summary> {
  const { ground: name, seed, cases: count, thousand, times, subject } = flags;
  const ground = grounds[name];
  const selection = { seed, count, thousand, ...(subject && { subject }) };
  const measuredAs = calibrate(measured);
  const serverVersion = recorded[0]?.runs[0]?.cluster?.serverVersion ?? 'unknown';
  const options = withRulesOf(serverVersion, ground.getOptions(measuredAs));
  const predicted = recorded.map((each) => predictOutcome(each, options));
  const outcomes = withRival ? await predictWithRival(predicted, recorded, ground) : predicted;
  const rows = tally(outcomes);
  return {
    ground: name,
    serverVersion,
    selection,
    digest: digestCases(selectCases(selection, ground)),
    cases: recorded.length,
    runsEach: times,
    measuredAs,
    rows,
    times: measureTimes(outcomes.map(toTimed), withRival),
    seconds: getMedianSeconds(outcomes.map(({ seconds }) => seconds)),
    ...(withRival && { rival: summarizeRival(outcomes) }),
    disagreements: explainDisagreements(outcomes, rows),
    failed,
  };
}

/** Rolls out the cases on the cluster, in a namespace of their own. */
async function recordOnCluster(flags: Flags): Promise<Recordings> {
  const cluster = await Cluster.connect();
  const namespace = ['differential', flags.ground, flags.subject?.toLowerCase() ?? 'all', flags.seed].join(
    '-',
  );
  await cluster.request('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
  const sessions = new Map<WorkloadKind, Promise<Session>>();
  const getSession = (kind: WorkloadKind): Promise<Session> => {
    const session = sessions.get(kind) ?? Session.open(cluster, { namespace, kind, events: false });
    sessions.set(kind, session);
    return session;
  };
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => { stopping.abort(); }); // prettier-ignore
  try {
    return await recordCases(flags, { cluster, getSession, namespace, signal: stopping.signal });
  } finally {
    for (const session of sessions.values()) (await session).close();
    await cluster.request('DELETE', `/api/v1/namespaces/${namespace}`);
  }
}

async function main(flags: Flags): Promise<void> {
  const { output, judge, recordings: file } = flags;
  const recordings = judge
    ? (JSON.parse(readFileSync(judge, 'utf8')) as Recordings)
    : await recordOnCluster(flags);
  if (file) writeFileSync(file, JSON.stringify(recordings));
  const summary = await judgeRecordings(recordings, flags.rival);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(`${output}.json`, `${JSON.stringify(summary, null, 1)}\n`);
  writeFileSync(`${output}.md`, createPage(summary));
  process.stdout.write(createPage(summary));
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
  .addOption(new Option('--subject <name>', 'only cases of this subject').choices(subjectNames))
  .option('--thousand', 'add a case of a thousand pods', false)
  .option('--recordings <file>', 'where to keep the recordings, to judge predictions of them again')
  .option('--judge <file>', 'recordings to judge again, instead of rolling out cases')
  .option('--no-rival', 'predict without the rival')
  .requiredOption('-o, --output <file>', 'path of the report, without its extension');
program.parse();
void main(program.opts());
