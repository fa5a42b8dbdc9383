import type { Command } from 'commander';
import { describeTimeline } from '../draw/describe-timeline.ts';
import { predict, type PredictOptions } from '../predict/predict.ts';
import { defaultTimings, type Timings } from '../simulation/timings.ts';
import { addPredictFlags, type PredictFlags } from './predict-flags.ts';
import { originOf, readInput, writeOutput, type Terminal } from './terminal.ts';

const help = `
A manifest does not say how its processes behave. Give their times with --boot, --start-delay, --crash-after,
--hang-after and --drain, for all pods or by version: --start-delay old=1,new=20. Without these options, the
environment of the containers is read: START_DELAY_SECONDS, CRASH_AFTER_SECONDS, HANG_AFTER_SECONDS,
DRAIN_DELAY_SECONDS.

Examples:
  $ rollout predict deploy.yaml --image shop:v2 --start-delay new=15
  $ rollout predict deploy.yaml --image shop:v2 --set spec.strategy.rollingUpdate.maxSurge=100%
  $ rollout predict deploy.yaml --image shop:v2 --capacity 5                room for 5 pods only
  $ rollout predict deploy.yaml --image shop:v2 --crash-after new=30 --for 300
  $ rollout predict deploy.yaml --image shop:v2 --then "20 image=shop:v1"   a rollback after 20 s
  $ kubectl get deployment shop -o yaml | rollout predict - --replicas 10 -o plan.json

Timings and their defaults, in seconds; Qps are requests a second, Burst are requests at once:
${Object.entries(defaultTimings)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Exit codes: 0 predicted, settled or not; 2 invalid input.`;

function optionsOf(flags: PredictFlags, origin: string): PredictOptions {
  const { image, replicas, set, then, name, capacity, timing = [] } = flags;
  const { seed, jitter, limit, for: goOnFor } = flags;
  const { boot, startDelay, crashAfter, hangAfter, drain } = flags;
  return {
    ...{ image, replicas, set, then, name, capacity, origin, seed, jitter, limit, goOnFor },
    timings: timing.reduce<Partial<Timings>>((all, each) => ({ ...all, ...each }), {}),
    behaviour: { boot, startDelay, crashAfter, hangAfter, drain },
  };
}

/** Adds `rollout predict` to the program. */
export function registerPredict(program: Command, terminal: Terminal): void {
  const command = program
    .command('predict')
    .summary('predict what a change does, without a cluster')
    .description('Predicts what a change of a Deployment, ReplicaSet or Pod does, without a cluster.')
    .argument('<manifest>', 'file with one or more YAML or JSON documents, or - for standard input');
  addPredictFlags(command)
    .addHelpText('after', help)
    .action(async (file: string, flags: PredictFlags) => {
      const timeline = predict(await readInput(file, terminal), optionsOf(flags, originOf(file)));
      const json = `${JSON.stringify(timeline, null, flags.output === undefined ? 0 : 1)}\n`;
      if (flags.output !== undefined) writeOutput(flags.output, json);
      if (flags.json) terminal.stdout.write(json);
      else terminal.stdout.write(`${describeTimeline(timeline).join('\n')}\n`);
    });
}
