import type { Command } from 'commander';
import { describeTimeline } from '../draw/describe-timeline';
import { predict, type PredictOptions } from '../predict/predict';
import { defaultTimings } from '../simulation/timings';
import { readInput, writeOutput, type Terminal } from './terminal';
import { addPredictFlags, type PredictFlags } from './predict-flags';

const lesson = `
What the processes do is no part of a manifest: say it with --start-delay and the like, or in the
containers' environment: START_DELAY_SECONDS, CRASH_AFTER_SECONDS, HANG_AFTER_SECONDS, DRAIN_DELAY_SECONDS.

Examples:
  $ rollout predict deploy.yaml --image shop:v2 --start-delay new=15
  $ rollout predict deploy.yaml --image shop:v2 --set spec.strategy.rollingUpdate.maxSurge=100%
  $ rollout predict deploy.yaml --image shop:v2 --capacity 5            what if there is room for 5 pods only?
  $ rollout predict deploy.yaml --image shop:v2 --crash-after new=30 --for 300
  $ rollout predict deploy.yaml --image shop:v2 --then "20 image=shop:v1"   a rollback after 20 s
  $ kubectl get deployment shop -o yaml | rollout predict - --replicas 10 -o plan.json

Timings, in seconds (and requests a second):
${Object.entries(defaultTimings)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Exit codes: 0 predicted, settled or not; 2 the input is wrong.`;

function optionsOf(flags: PredictFlags, origin: string): PredictOptions {
  const {
    image,
    replicas,
    set,
    then,
    name,
    capacity,
    timing = [],
    seed,
    jitter,
    limit,
    for: goOnFor,
  } = flags;
  const { boot, startDelay, crashAfter, hangAfter, drain } = flags;
  const behaviour = { boot, startDelay, crashAfter, hangAfter, drain };
  const given = { image, replicas, set, then, name, capacity };
  const present = (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    ...present(given),
    origin,
    seed,
    jitter,
    limit,
    goOnFor,
    timings: Object.assign({}, ...timing) as PredictOptions['timings'] & object,
    behaviour: present(behaviour),
  };
}

/** Adds `rollout predict`. */
export function registerPredict(program: Command, terminal: Terminal): void {
  const command = program
    .command('predict')
    .summary('say what a change of a workload will bring about, with no cluster')
    .description('Says what a change of a Deployment, ReplicaSet or Pod will bring about, with no cluster.')
    .argument('<manifest>', 'a file of one or more YAML or JSON documents, - for standard input');
  addPredictFlags(command)
    .addHelpText('after', lesson)
    .action(async (file: string, flags: PredictFlags) => {
      const origin = file === '-' ? 'standard input' : file;
      const timeline = predict(await readInput(file, terminal), optionsOf(flags, origin));
      const text = `${JSON.stringify(timeline, null, flags.output === undefined ? 0 : 1)}\n`;
      if (flags.output !== undefined) writeOutput(flags.output, text);
      if (flags.json) terminal.stdout.write(text);
      else terminal.stdout.write(`${describeTimeline(timeline).join('\n')}\n`);
    });
}
