import type { Command } from 'commander';
import { describeTimeline } from '../draw/describe-timeline.ts';
import { predict } from '../predict/draws.ts';
import type { PredictOptions } from '../predict/options.ts';
import { predictAll } from '../predict/several.ts';
import { defaultTimings, type Timings } from '../simulation/timings.ts';
import { addExpectFlags, judge, type ExpectFlags } from './expect-flags.ts';
import { addPredictFlags, type PredictFlags } from './predict-flags.ts';
import { hasSeveral, printSeveral } from './predict-several.ts';
import { originOf, readManifests, writeOutput, type Terminal } from './terminal.ts';

const help = `
A manifest does not say how its processes behave. Give their times with --init,
--boot, --start-delay, --crash-after, --hang-after and --drain, for all pods or
by version: --start-delay old=1,new=20. Without these options, annotations of
the pod template are read, such as rollout.online-inference/start-delay: "25", then
the environment of the containers: START_DELAY_SECONDS, CRASH_AFTER_SECONDS,
HANG_AFTER_SECONDS, DRAIN_DELAY_SECONDS. The crash or hang of a pod that runs at
the change counts from the change. Without a new version, new=20 is about the
pods that the change creates. Sidecars have their environment only.

Requests are sent to a Service in front of the pods (--load a second): a pod
that is ready gets them, whether or not its process listens.

Two real rollouts differ in the order of steps that happen within milliseconds.
A prediction draws the latencies many times (--draws) and shows a draw in the
middle, by settle time and by failed requests. A situation holds in all draws
(always), in some (race, with what decides it and what would settle it) or in
none (never). rollout check --help lists the situations.

Draws are samples. --exhaustive explores every order in which controllers, caches
and kubelets may act, for rolling updates of few replicas, and prints the
smallest order in which a situation does not hold.

Examples:
  $ rollout predict deploy.yaml --image shop:v2 --start-delay new=15
  $ kubectl get deployment shop -o yaml |
      rollout predict - --replicas 10 -o plan.json

  $ rollout predict old.yaml new.yaml          the change is what differs
  $ helm template shop |
      rollout predict - --image shop:v2        a few lines for each workload

More options for the first example:
  --set spec.strategy.rollingUpdate.maxSurge=100%
  --expect no-outage                       exit code 0 or 1
  --expect rolling --at-least 0.95
  --capacity 5                             room for 5 pods only
  --capacity nodes=3,nvidia.com/gpu=1
  --pull new=never                         ImagePullBackOff
  --crash-after new=30 --for 300
  --capacity nodes=3 --drain-node 1        with the budgets of the file
  --then "20 image=shop:v1"                a rollback after 20 s

Timings and their defaults, in seconds; Qps are requests a second, Burst are
requests at once:
${Object.entries(defaultTimings)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Not modelled: Jobs; the network beyond kube-proxy; other pods, labels and taints
of the nodes; preemption, failures of nodes; the metrics of an autoscaler; the
work of probe handlers. What the manifest holds beyond that, and what is
assumed, is listed with the prediction.

Exit codes: 0 predicted, settled or not; 1 an --expect is a race or does not
hold; 2 invalid input.`;

function optionsOf(flags: PredictFlags, origin: string): PredictOptions {
  const { image, replicas, set, then, name, namespace, capacity, timing = [], drainNode } = flags;
  const { seed, draws, exhaustive, jitter, limit, for: goOnFor } = flags;
  const { init, boot, startDelay, crashAfter, hangAfter, drain, pull, gate, load, age } = flags;
  return {
    ...{
      image,
      replicas,
      set,
      then,
      drainNode,
      name,
      namespace,
      capacity,
      origin,
      seed,
      draws,
      exhaustive,
      jitter,
      limit,
      goOnFor,
    },
    ...{ pull, gate, load, age },
    timings: timing.reduce<Partial<Timings>>((all, each) => ({ ...all, ...each }), {}),
    behaviour: { init, boot, startDelay, crashAfter, hangAfter, drain },
  };
}

/** Adds `rollout predict` to the program. */
export function registerPredict(program: Command, terminal: Terminal): void {
  const command = program
    .command('predict')
    .summary('predict what a change does, without a cluster')
    .description(
      'Predicts what a change of a Deployment, ReplicaSet, StatefulSet, DaemonSet or Pod does, without a cluster.',
    )
    .argument('<manifest>', 'file or folder of YAML or JSON documents, or - for standard input')
    .argument('[new]', 'the manifests after the change: the change is what differs');
  addExpectFlags(addPredictFlags(command))
    .addHelpText('after', help)
    .action(async (file: string, later: string | undefined, flags: PredictFlags & ExpectFlags) => {
      const manifest = await readManifests(file, terminal);
      const options: PredictOptions = {
        ...optionsOf(flags, originOf(file)),
        ...(later !== undefined && { to: await readManifests(later, terminal), toOrigin: originOf(later) }),
      };
      if (hasSeveral(manifest, options)) {
        printSeveral(predictAll(manifest, options), flags, terminal);
        return;
      }
      const timeline = predict(manifest, options);
      const verdicts = judge(timeline, flags, terminal);
      const json = `${JSON.stringify(timeline, null, flags.output === undefined ? 0 : 1)}\n`;
      if (flags.output !== undefined) writeOutput(flags.output, json);
      if (flags.json) terminal.stdout.write(json);
      else terminal.stdout.write(`${describeTimeline(timeline, verdicts).join('\n')}\n`);
    });
}
