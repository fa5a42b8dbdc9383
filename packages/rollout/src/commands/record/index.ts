import { InvalidArgumentError, type Command } from 'commander';
import { DEFAULT_RATE } from '../../record/load';
import { runRecord, type RunOptions } from './run';
import type { Terminal } from '../terminal';
import { addChangeFlags, type ChangeFlags } from '../change-flags';
import { number } from '../flags';

interface Flags extends ChangeFlags, Omit<RunOptions, 'target' | 'chosen' | 'changes' | 'atLeast' | 'load'> {
  readonly for: number;
  readonly load?: string;
  readonly rate: number;
  readonly versionPath?: string;
}

const url = (text: string): string => {
  const plain = text.replace(/\{nodePort\}/g, '1').replace(/\{clusterIP\}/g, '127.0.0.1');
  if (URL.canParse(plain) && /^https?:/.test(plain)) return text;
  throw new InvalidArgumentError('expected a URL such as http://127.0.0.1:8080/.');
};

const lesson = `
Before it changes anything it shows the cluster and asks. Only the fields that you name are changed, by
the API server, as field manager "rollout". The recording is complete however it ends: settled, at the
limit, on Ctrl-C, with the watch cut or the API server restarted meanwhile (then it says what may be missing).

Examples:
  $ rollout record deployment/shop --image shop:v2 -o real.json
  $ rollout record deploy.yaml --image shop:v2 --yes --json      created first, if it does not exist
  $ rollout record rs/shop --replicas 5
  $ rollout record deployment/shop --image shop:v2 --then "20 image=shop:v1"   a rollback after 20 s
  $ rollout record deployment/shop --watch                       until Ctrl-C or the limit; others make the change
  $ rollout record deploy.yaml --image shop:v2 --load 'http://127.0.0.1:{nodePort}/' --rate 100
                                                                 through a Service made for the recording

Exit codes: 0 recorded; 2 the input is wrong, or it was not confirmed; 3 something else failed.`;

/** Adds `rollout record`. */
export function registerRecord(program: Command, terminal: Terminal): void {
  const command = program
    .command('record')
    .summary('make a change on a cluster and record what it brings about')
    .description('Makes a change of a workload on a cluster, and records what becomes of its pods.')
    .argument('<workload>', 'kind/name such as deployment/web, or a manifest, - for standard input');
  addChangeFlags(command)
    .option('--watch', 'make no change, only record', false)
    .option('-y, --yes', 'do not ask', false)
    .option('-n, --namespace <name>', "the workload's namespace (default: the context's)")
    .option('--context <name>', 'a context of the kubeconfig (default: the current one)')
    .option('--kubeconfig <file>', 'the kubeconfig (default: KUBECONFIG, else ~/.kube/config)')
    .option('--limit <seconds>', 'end after so long, settled or not', number(1), 600)
    .option('--quiet <seconds>', 'settled is when nothing was left to do for so long', number(0), 2)
    .option('--for <seconds>', 'go on for so long after the change, even if settled before', number(0), 0)
    .option('--load <url>', 'send requests meanwhile; {nodePort} or {clusterIP} in it makes a Service', url)
    .option('--rate <requests>', 'requests a second', number(0.1), DEFAULT_RATE)
    .option(
      '--version-path <pointer>',
      'a JSON pointer such as /build, or a header, that tells the versions apart',
    )
    .option('-o, --output <file>', 'write the recording here (default: NAME-TIME.timeline.json)')
    .option('--json', 'write the recording to standard output', false)
    .addHelpText('after', lesson)
    .action(async (target: string, flags: Flags) => {
      const { name, image, replicas, set, then = [], for: atLeast, load, rate, versionPath, ...rest } = flags;
      const first = {
        ...(image !== undefined && { image }),
        ...(replicas !== undefined && { replicas }),
        ...(set !== undefined && { set }),
      };
      await runRecord(
        {
          ...rest,
          target,
          chosen: name,
          atLeast,
          changes: [first, ...then],
          load:
            load === undefined
              ? undefined
              : { url: load, rate, ...(versionPath !== undefined && { versionPath }) },
        },
        terminal,
      );
    });
}
