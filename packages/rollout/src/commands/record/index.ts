import { InvalidArgumentError, type Command } from 'commander';
import { DEFAULT_RATE } from '../../requests/load-shape.ts';
import { addChangeFlags, type ChangeFlags } from '../change-flags.ts';
import { number } from '../flags.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `record`, as commander parses them. */
interface Flags extends ChangeFlags {
  readonly watch?: true;
  readonly yes?: true;
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly limit: number;
  readonly quiet: number;
  readonly for: number;
  readonly load?: string;
  readonly rate: number;
  readonly versionPath?: string;
  readonly output?: string;
  readonly json?: true;
}

function url(given: string): string {
  const plain = given.replace(/\{nodePort\}/g, '1').replace(/\{clusterIP\}/g, '127.0.0.1');
  if (URL.canParse(plain) && /^https?:/.test(plain)) return given;
  throw new InvalidArgumentError('expected a URL such as http://127.0.0.1:8080/.');
}

const help = `
record shows the cluster and the change, and asks before it changes anything. It changes only the fields that
you name, as field manager "rollout". A recording ends when the workload has settled, at the limit, or on
Ctrl-C, and is complete up to its end. If a watch is lost, the recording says what may be missing.

Examples:
  $ rollout record deployment/shop --image shop:v2 -o real.json
  $ rollout record deploy.yaml --image shop:v2 --yes --json      create the workload first, if it does not exist
  $ rollout record rs/shop --replicas 5
  $ rollout record deployment/shop --image shop:v2 --then "20 image=shop:v1"   a rollback after 20 s
  $ rollout record deployment/shop --watch                       record what others change, until Ctrl-C
  $ rollout record deploy.yaml --image shop:v2 --load 'http://127.0.0.1:{nodePort}/' --rate 100
                                                                 send requests through a temporary Service

Exit codes: 0 recorded; 2 invalid input, or not confirmed; 3 any other failure.`;

/** Adds `rollout record` to the program. */
export function registerRecord(program: Command, terminal: Terminal): void {
  const command = program
    .command('record')
    .summary('make a change on a cluster and record what happens')
    .description('Makes a change of a workload on a cluster, and records what happens to its pods.')
    .argument('<workload>', 'kind/name such as deployment/web, a manifest file, or - for standard input');
  addChangeFlags(command)
    .option('--watch', 'make no change, only record')
    .option('-y, --yes', 'do not ask for confirmation')
    .option('-n, --namespace <name>', "namespace of the workload (default: the context's)")
    .option('--context <name>', 'context of the kubeconfig (default: the current context)')
    .option('--kubeconfig <file>', 'kubeconfig file (default: KUBECONFIG, else ~/.kube/config)')
    .option('--limit <seconds>', 'stop at this time if the workload has not settled', number(1), 600)
    .option('--quiet <seconds>', 'how long the workload must stay settled before the end', number(0), 2)
    .option(
      '--for <seconds>',
      'continue at least this long after the last change, even if settled',
      number(0),
      0,
    )
    .option('--load <url>', 'send requests; {nodePort} or {clusterIP} in the URL creates a Service', url)
    .option('--rate <requests>', 'requests a second', number(0.1), DEFAULT_RATE)
    .option(
      '--version-path <pointer>',
      'what identifies the version in an answer: a JSON pointer such as /build, or a header',
    )
    .option('-o, --output <file>', 'write the recording to this file (default: NAME-TIME.timeline.json)')
    .option('--json', 'write the recording to standard output')
    .addHelpText('after', help)
    .action(async (target: string, flags: Flags) => {
      const { runRecord } = await import('./run.ts'); // loads the client of Kubernetes
      const { image, replicas, set, then = [], load: loadUrl, rate, versionPath } = flags;
      await runRecord(
        {
          target,
          chosen: flags.name,
          kubeconfig: flags.kubeconfig,
          context: flags.context,
          namespace: flags.namespace,
          changes: [{ image, replicas, set }, ...then],
          watch: flags.watch ?? false,
          yes: flags.yes ?? false,
          limitSeconds: flags.limit,
          quietSeconds: flags.quiet,
          atLeastSeconds: flags.for,
          load: loadUrl === undefined ? undefined : { url: loadUrl, rate, versionPath },
          output: flags.output,
          json: flags.json ?? false,
        },
        terminal,
      );
    });
}
