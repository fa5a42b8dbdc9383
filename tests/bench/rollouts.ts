import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline, predict, type Manifest, type Timeline } from '@online-inference/rollout';
import { parse } from 'yaml';
import { ROOT } from '../kit/dist';
import { hyperfine, scratch } from './measure';
import { medianOf, ratioOf, spreadOf, type Aim, type Comparison, type Row, type Topic } from './results';

const RECORDED = 'recorded';
const LEAST = 'the least possible';
const IMAGE = 'shop:v2';
const SIZES = [3, 10, 100, 1_000, 5_000];
const EVIDENCE = path.join(ROOT, 'docs/evidence');

/** Seconds until the demo image answers, and the period of its readiness probe. */
const START_DELAY = 25;
const PROBE_PERIOD = 1;

interface Strategy {
  readonly id: string;
  readonly title: string;
  /** How often new pods start together. */
  readonly waves: number;
}

const STRATEGIES: readonly Strategy[] = [
  { id: '5a-blue-green', title: 'Blue-green, 3 pods in one wave', waves: 1 },
  { id: '5b-rolling-update', title: 'Rolling update, 3 pods in two waves', waves: 2 },
];

/**
 * Returns the least time that a Deployment's settings allow: for each wave the start delay, one probe
 * period and `minReadySeconds`. Two waves of 25 s + 1 s + 0 s take 52 s.
 *
 * @returns seconds
 */
export function leastSeconds(waves: number, minReadySeconds = 0): number {
  return waves * (START_DELAY + PROBE_PERIOD + minReadySeconds);
}

/**
 * Returns when new pods alone are left, all available. `kubectl rollout status` waits for that; old
 * pods may still terminate.
 *
 * @returns seconds after the change
 * @throws Error if that never happens
 */
export function replacedSeconds({ workload, samples }: Timeline): number {
  const done = samples.find(
    ({ at, old, new: now }) => at >= 0 && old.total === 0 && now.available >= workload.replicas.after,
  );
  if (!done) throw new Error(`the new pods of ${workload.name} never replaced all old pods`);
  return done.at;
}

/** Compares the predictions and recordings of docs/evidence with the least possible time. */
function timeOf({ id, title, waves }: Strategy): Comparison {
  const timelines = (kind: string): Timeline[] =>
    readdirSync(EVIDENCE)
      .map((folder) => path.join(EVIDENCE, folder, `${id}.${kind}.json`))
      .filter((file) => existsSync(file))
      .map((file) => parseTimeline(readFileSync(file, 'utf8'), file));
  const [predicted, recorded] = [timelines('predicted'), timelines('recorded')];
  const row = (name: string, seconds: readonly number[]): Row => ({
    name,
    ...(name !== LEAST && { ours: true }),
    values: { seconds: spreadOf(seconds) },
  });
  return {
    id,
    title,
    note: 'A timeline for each recorded version of Kubernetes.',
    measures: [
      { id: 'seconds', title: 'from the change until new pods alone are left, all available', unit: 's' },
    ],
    rounds: recorded.length,
    base: LEAST,
    rows: [
      row(
        LEAST,
        predicted.map(({ workload }) => leastSeconds(waves, workload.minReadySeconds)),
      ),
      row('predicted', predicted.map(replacedSeconds)),
      row(RECORDED, recorded.map(replacedSeconds)),
    ],
  };
}

const sizeName = (replicas: number): string => `${replicas.toLocaleString('en-US')} replicas`;

/** Measures predictions in one process and as a command. */
async function speed(): Promise<Comparison> {
  const folder = scratch('manifests');
  const file = path.join(ROOT, 'dist/online-inference-deployment-rolling-update.yaml');
  const committed = parse(readFileSync(file, 'utf8')) as Manifest & { readonly spec: object };
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
  const manifests = SIZES.map((replicas) => ({
    ...committed,
    spec: { ...committed.spec, replicas, strategy },
  }));
  const { Bench } = await import('tinybench');
  const bench = new Bench({ time: 3_000 });
  const commands = manifests.map((manifest, index) => {
    const name = sizeName(SIZES[index] ?? 0);
    bench.add(name, () => predict(manifest, { image: IMAGE }));
    const json = path.join(folder, `${index}.json`);
    writeFileSync(json, JSON.stringify(manifest));
    const command = `node packages/rollout/bin/rollout.js predict ${json} --image ${IMAGE}`;
    return { name, ours: true, command };
  });
  await bench.run();
  const rows = await hyperfine(commands, { memory: true });
  return {
    id: 'predict',
    title: 'Predicting, by size',
    note: 'Each command runs 10 times. A process predicts as often as 3 s allow; the spread covers the single predictions.',
    measures: [
      { id: 'rate', title: 'predictions per second in one process', unit: '/s' },
      { id: 'time', title: '`rollout predict`, from exec to exit', unit: 'ms' },
      { id: 'memory', title: 'its peak memory', unit: 'MiB' },
    ],
    rounds: 10,
    base: sizeName(3),
    rows: rows.map(({ values, ...row }, index) => {
      const result = bench.tasks[index]?.result;
      if (result?.state !== 'completed') throw new Error(`${row.name} was not measured`);
      const { min, p50, max } = result.throughput;
      return { ...row, values: { ...values, rate: [min, p50, max] } };
    }),
  };
}

function aims(comparisons: readonly Comparison[]): Aim[] {
  return [
    ...STRATEGIES.map(({ id, title }): Aim => ({
      what: `${title}: relative to the least possible time`,
      unit: '×',
      limit: 1.1,
      better: 'lower',
      measured: ratioOf(comparisons, id, 'seconds', [RECORDED, LEAST]),
      because:
        'Each wave also creates the containers (0.4 to 1.4 s) and starts the processes; a probe may come early.',
    })),
    {
      what: '`rollout predict` of 5,000 replicas, the whole command',
      unit: 's',
      limit: 1,
      better: 'lower',
      measured: medianOf(comparisons, 'predict', 'time', sizeName(5_000)) / 1000,
      because:
        'For 3 replicas the command mostly loads its sources. The prediction itself takes 0.2 s with warm code and three times that in a new process.',
    },
  ];
}

export const topic: Topic = {
  id: 'rollouts',
  title: 'Rollouts',
  method: `
The duration of a rollout is read from the committed timelines of real clusters ([docs/evidence](evidence/)): from the
change until new pods alone are left, all available, which is what \`kubectl rollout status\` waits for. The least possible
time is, for each wave of new pods, the image's start delay (25 s), one period of the readiness probe (1 s, the shortest
that Kubernetes has) and \`minReadySeconds\`.`,
  measure: async () => ({ comparisons: [...STRATEGIES.map(timeOf), await speed()], versions: {} }),
  aims,
};
