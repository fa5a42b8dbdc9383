import { changed, type ChangeRequest } from '../../manifest/change';
import type { Manifest } from '../../manifest/workload';
import { InputError } from '../../errors/input-error';
import type { Terminal } from '../terminal';
import type { Timeline } from '../../timeline/timeline';
import { confirm } from './ask';
import { Cluster } from '../../record/cluster';
import { showLive } from './live';
import type { LoadOptions } from '../../record/load';
import { createWorkload, findWorkload } from '../../record/make-change';
import { record } from '../../record/record';
import { checkWritable, save } from './save';
import { Session } from '../../record/session';
import { targetOf } from './target';
import { seconds } from './view';

/** What the command line asks for. */
export interface RunOptions {
  readonly target: string;
  readonly chosen: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string | undefined;
  /** The first, and others each at its time. */
  readonly changes: readonly ChangeRequest[];
  readonly watch: boolean;
  readonly yes: boolean;
  readonly limit: number;
  readonly quiet: number;
  readonly atLeast: number;
  readonly load: LoadOptions | undefined;
  readonly output: string | undefined;
  readonly json: boolean;
}

/** For how long a workload that was only just made may take to settle before it is changed. */
const FIRST_SETTLE_SECONDS = 300;

/** A Ctrl-C ends the recording, a second one the process. */
function interruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return {
    signal: controller.signal,
    release: () => process.off('SIGINT', abort).off('SIGTERM', abort),
  };
}

/** All changes in words; what cannot be done is told before anything is. */
function inWords(before: Manifest, changes: readonly ChangeRequest[]): string {
  let manifest = before;
  const words = changes.map((request) => {
    const result = changed(manifest, request);
    manifest = result.manifest;
    return `${request.at ? `after ${request.at} s ` : ''}${result.change.description}`;
  });
  return words.join(', ');
}

/** Records as the command line asks, from the question before it to the file after it. */
export async function runRecord(options: RunOptions, terminal: Terminal): Promise<Timeline | undefined> {
  const { kubeconfig, context, watch, changes, limit, quiet, atLeast, load } = options;
  const say = (text: string): void => void terminal.stderr.write(`${text}\n`);
  const cluster = await Cluster.connect({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
  });
  const namespaces = { asked: options.namespace, own: cluster.namespace };
  const { workload, manifest } = await targetOf(options.target, options.chosen, namespaces, terminal);
  const { kind, name, namespace = cluster.namespace } = workload;
  checkWritable(name, options);

  const existing = await findWorkload(cluster, workload);
  const before = existing ? { ...existing } : manifest;
  if (!before)
    throw new InputError(
      `${kind} ${name} does not exist in namespace ${namespace} of context ${cluster.context}`,
    );
  const words = watch ? undefined : inWords(before, changes);
  if (words?.startsWith('nothing')) {
    throw new InputError(
      'nothing to change: give --image, --replicas or --set, or --watch to record only what others do',
    );
  }
  say(`context ${cluster.context}, ${cluster.server}, namespace ${namespace}`);
  say(
    `${existing ? '' : 'create, wait until it is settled, and '}${words === undefined ? 'watch' : 'change'} ${kind} ${name}${words === undefined ? '' : `: ${words}`}`,
  );
  const asks = !options.yes && (words !== undefined || !existing);
  if (asks && !(await confirm('Go on?', terminal)))
    throw new InputError('not confirmed: nothing was changed');

  const { signal, release } = interruption();
  const session = await Session.open(cluster, { namespace });
  try {
    if (!existing && manifest) {
      await createWorkload(cluster, workload, manifest);
      const settling = { leadSeconds: 0, quietSeconds: 1, limitSeconds: FIRST_SETTLE_SECONDS, signal };
      const { end } = await record(session, { workload, ...settling });
      say(
        `created ${kind} ${name}, ${end.reason === 'settled' ? 'settled' : 'NOT settled'} after ${end.at.toFixed(1)} s`,
      );
    }
    let leave = (): void => undefined;
    const timeline = await record(session, {
      workload,
      changes: watch ? [] : changes,
      watching: watch,
      limitSeconds: limit,
      quietSeconds: quiet,
      atLeastSeconds: atLeast,
      signal,
      ...(load && { load }),
      onBegin: (recording, sending) => {
        leave = showLive(terminal.stderr, () => ({
          title: `${kind} ${name}${words === undefined ? '' : `  ${words}`}`,
          elapsed: recording.changedYet ? session.now() - recording.zero : undefined,
          pods: recording.pods,
          now: session.now(),
          notes: [
            ...(sending ? [`load: ${sending.progress.answered} answered, ${sending.progress.failed} failed`] : []),
            ...session.away.map((why) => `the watch is away: ${why}`),
          ],
        }));
      },
    }).finally(() => { leave(); }); // prettier-ignore
    report(timeline, say);
    save(timeline, options, terminal);
    return timeline;
  } finally {
    session.close();
    release();
  }
}

function report({ end, gaps = [], load }: Timeline, say: (text: string) => void): void {
  say(`${end.reason} at ${seconds(end.at)}${end.message === undefined ? '' : `: ${end.message}`}`);
  for (const { from, to, reason } of gaps)
    say(`may have missed something from ${seconds(from)} to ${seconds(to)}: ${reason}`);
  if (load)
    say(`load: ${load.sent} requests to ${load.url}, ${load.answered} answered, ${load.failed} failed`);
}
