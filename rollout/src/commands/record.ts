import { InvalidArgumentError, Option, type Command } from 'commander';
import { runRecord, type RunOptions } from '../record/run';
import type { Terminal } from '../terminal';

interface Flags extends Omit<RunOptions, 'target' | 'chosen' | 'change' | 'load'> {
  readonly name?: string;
  readonly image?: string;
  readonly replicas?: number;
  readonly set?: readonly string[];
  readonly load?: string;
  readonly rate: number;
  readonly versionPath?: string;
}

const number =
  (least: number, whole = false) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (value >= least && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`expected a ${whole ? 'whole ' : ''}number from ${least}.`);
  };

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

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
  $ rollout record deployment/shop --watch                       until Ctrl-C or the limit; others make the change
  $ rollout record deploy.yaml --image shop:v2 --load 'http://127.0.0.1:{nodePort}/' --rate 100
                                                                 through a Service made for the recording

Exit codes: 0 recorded; 2 the input is wrong, or it was not confirmed; 3 something else failed.`;

/** Adds `rollout record`. */
export function registerRecord(program: Command, terminal: Terminal): void {
  program
    .command('record')
    .summary('make a change on a cluster and record what it brings about')
    .description('Makes a change of a workload on a cluster, and records what becomes of its pods.')
    .argument('<workload>', 'kind/name such as deployment/web, or a manifest, - for standard input')
    .option('--image <image>', 'the new image, container=image where there are several containers')
    .option('--replicas <count>', 'the new number of replicas', number(0, true))
    .option('--set <path=value>', 'any other field of the spec, the value in YAML; may be repeated', collect)
    .option('--watch', 'make no change, only record', false)
    .option('-y, --yes', 'do not ask', false)
    .option('--name <kind/name>', 'which workload of a manifest with several')
    .option('-n, --namespace <name>', "the workload's namespace (default: the context's)")
    .option('--context <name>', 'a context of the kubeconfig (default: the current one)')
    .option('--kubeconfig <file>', 'the kubeconfig (default: KUBECONFIG, else ~/.kube/config)')
    .option('--limit <seconds>', 'end after so long, settled or not', number(1), 600)
    .option('--quiet <seconds>', 'settled is when nothing was left to do for so long', number(0), 2)
    .option('--at-least <seconds>', 'go on for so long after the change, even if settled', number(0), 0)
    .option('--load <url>', 'send requests meanwhile; {nodePort} or {clusterIP} in it makes a Service', url)
    .addOption(new Option('--rate <requests>', 'requests a second').argParser(number(0.1)).default(50))
    .option(
      '--version-path <pointer>',
      'a JSON pointer such as /build, or a header, that tells the versions apart',
    )
    .option('-o, --output <file>', 'write the recording here (default: NAME-TIME.timeline.json)')
    .option('--json', 'write the recording to standard output', false)
    .addHelpText('after', lesson)
    .action(async (target: string, flags: Flags) => {
      const { name, image, replicas, set, load, rate, versionPath, ...rest } = flags;
      await runRecord(
        {
          ...rest,
          target,
          chosen: name,
          change: {
            ...(image !== undefined && { image }),
            ...(replicas !== undefined && { replicas }),
            ...(set !== undefined && { set }),
          },
          load:
            load === undefined
              ? undefined
              : { url: load, rate, ...(versionPath !== undefined && { versionPath }) },
        },
        terminal,
      );
    });
}
