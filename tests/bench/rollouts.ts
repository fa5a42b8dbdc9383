import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline, type Manifest, type Timeline } from '@online-inference/rollout';
import { parse } from 'yaml';
import { ROOT } from '../kit/dist';
import { hyperfine, ROUNDS, scratch } from './measure';
import { atMost, spreadOf, type Comparison, type Topic } from './results';

const LEAST = 'the least possible';
const PREDICTED = 'predicted';
const RECORDED = 'recorded';

/** Seconds until the demo image answers, and one period of its readiness probe. */
const START_AND_PROBE = 25 + 1;

/** Pods of a wave start together. */
const STRATEGIES = [
  { id: '5a-blue-green', title: 'Blue-green, 3 pods in one wave', waves: 1 },
  { id: '5b-rolling-update', title: 'Rolling update, 3 pods in two waves', waves: 2 },
];

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
function timeOf({ id, title, waves }: (typeof STRATEGIES)[number]): Comparison {
  const evidence = path.join(ROOT, 'docs/evidence');
  const timelines = (kind: string): Timeline[] =>
    readdirSync(evidence)
      .filter((folder) => folder.startsWith('kubernetes-'))
      .map((folder) => path.join(evidence, folder, `${id}.${kind}.json`))
      .map((file) => parseTimeline(readFileSync(file, 'utf8'), file));
  const [predicted, recorded] = [timelines('predicted'), timelines('recorded')];
  const least = predicted.map(({ workload }) => waves * (START_AND_PROBE + (workload.minReadySeconds ?? 0)));
  const row = (name: string, seconds: number[]) => ({ name, values: { seconds: spreadOf(seconds) } });
  return {
    id,
    title,
    note: 'A timeline for each recorded version of Kubernetes.',
    measures: { seconds: 'from the change until new pods alone are left, all available, s' },
    rounds: recorded.length,
    base: LEAST,
    rows: [
      row(LEAST, least),
      { ...row(PREDICTED, predicted.map(replacedSeconds)), ours: true },
      { ...row(RECORDED, recorded.map(replacedSeconds)), ours: true },
    ],
  };
}

const sizeName = (replicas: number): string => `${replicas.toLocaleString('en-US')} replicas`;

/** Measures the command `rollout predict`. */
async function speed(): Promise<Comparison> {
  const folder = scratch('manifests');
  const file = path.join(ROOT, 'dist/online-inference-deployment-rolling-update.yaml');
  const committed = parse(readFileSync(file, 'utf8')) as Manifest & { readonly spec: object };
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
  const commands = [3, 10, 100, 1_000, 5_000].map((replicas) => {
    const manifest = { ...committed, spec: { ...committed.spec, replicas, strategy } };
    const name = sizeName(replicas);
    const json = path.join(folder, `${replicas}.json`);
    writeFileSync(json, JSON.stringify(manifest));
    const command = `node packages/rollout/bin/rollout.js predict ${json} --image shop:v2`;
    return { name, ours: true, command };
  });
  return {
    id: 'predict',
    title: 'Predicting, by size',
    measures: { time: '`rollout predict`, from exec to exit, ms', memory: 'its peak memory, MiB' },
    rounds: ROUNDS,
    base: sizeName(3),
    rows: await hyperfine(commands, { memory: true }),
  };
}

const BEYOND_LEAST =
  'Each wave also creates the containers (0.4 to 1.4 s) and starts the processes; a probe may come early.';
const NEW_PROCESS =
  'For 3 replicas the command mostly loads its sources. The prediction itself takes 0.2 s with warm code and three times that in a new process.';

export const topic: Topic = {
  id: 'rollouts',
  title: 'Rollouts',
  method: `
The duration of a rollout is read from the committed timelines of real clusters ([docs/evidence](evidence/)): from the
change until new pods alone are left, all available, which is what \`kubectl rollout status\` waits for. The least possible
time is, for each wave of new pods, the image's start delay (25 s), one period of the readiness probe (1 s, the shortest
that Kubernetes has) and \`minReadySeconds\`.`,
  measure: async () => ({ comparisons: [...STRATEGIES.map(timeOf), await speed()], versions: {} }),
  aims: (figures) => [
    ...STRATEGIES.map(({ id, title }) => {
      const measured = figures.ratio(`${id}.seconds`, RECORDED, LEAST);
      return atMost(1.1, '×', `${title}: relative to the least possible time`, measured, BEYOND_LEAST);
    }),
    atMost(
      1,
      's',
      '`rollout predict` of 5,000 replicas, the whole command',
      figures.median('predict.time', sizeName(5_000)) / 1000,
      NEW_PROCESS,
    ),
  ],
};
