import { InputError } from '../../errors/input-error.ts';
import type { LoadOptions } from '../../record/load-generator.ts';
import { createWorkload } from '../../record/make-change.ts';
import { record } from '../../record/record.ts';
import { Session } from '../../record/session.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import type { Terminal } from '../terminal.ts';
import { confirm } from './ask.ts';
import { showLive } from './live.ts';
import { announcement, planOf, type Plan, type PlanOptions } from './plan.ts';
import { checkWritable, save, type SaveOptions } from './save.ts';
import { formatElapsed } from './view.ts';

/** The options of one recording. */
export interface RunOptions extends PlanOptions, SaveOptions {
  /** Whether to skip the confirmation. */
  readonly yes: boolean;
  /** When to end if the workload has not settled, in seconds. */
  readonly limitSeconds: number;
  /** How long the workload must stay settled, in seconds. */
  readonly quietSeconds: number;
  /** Shortest time to record after the last change, in seconds. */
  readonly atLeastSeconds: number;
  readonly load: LoadOptions | undefined;
}

/** How long a new workload may take to settle before its first change. */
const FIRST_SETTLE_SECONDS = 300;

/** The first Ctrl-C ends the recording; a second one ends the process. */
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

/** Creates the workload if it does not exist, and reports it. */
async function createIfMissing(session: Session, plan: Plan, signal: AbortSignal): Promise<string[]> {
  const { cluster, workload, title, toCreate } = plan;
  if (!toCreate) return [];
  await createWorkload(cluster, workload, toCreate);
  const times = { leadSeconds: 0, quietSeconds: 1, limitSeconds: FIRST_SETTLE_SECONDS };
  const { end } = await record(session, { workload, signal, ...times });
  const outcome = end.reason === 'settled' ? 'settled' : 'has NOT settled';
  return [`created ${title}: ${outcome} after ${end.at.toFixed(1)} s`];
}

/** Records, and shows the progress on standard error. */
async function recordLive(
  session: Session,
  { workload, title, change }: Plan,
  { changes, watch, limitSeconds, quietSeconds, atLeastSeconds, load }: RunOptions,
  signal: AbortSignal,
  { stderr }: Terminal,
): Promise<Timeline> {
  let stop = (): void => undefined;
  try {
    return await record(session, {
      workload,
      changes: watch ? [] : changes,
      watching: watch,
      limitSeconds,
      quietSeconds,
      atLeastSeconds,
      signal,
      load,
      onBegin: (recording, generator) => {
        stop = showLive(stderr, () => ({
          title: [title, change].filter(Boolean).join('  '),
          elapsed: recording.hasChanged ? session.now() - recording.zero : undefined,
          pods: recording.pods,
          now: session.now(),
          notes: [
            ...(generator
              ? [`load: ${generator.progress.answered} answered, ${generator.progress.failed} failed`]
              : []),
            ...session.lostReasons.map((why) => `watch lost: ${why}`),
          ],
        }));
      },
    });
  } finally {
    stop();
  }
}

function summaryOf({ end, gaps = [], load }: Timeline): string[] {
  return [
    `${end.reason} at ${formatElapsed(end.at)}${end.message === undefined ? '' : `: ${end.message}`}`,
    ...gaps.map(
      ({ from, to, reason }) =>
        `events may be missing from ${formatElapsed(from)} to ${formatElapsed(to)}: ${reason}`,
    ),
    ...(load
      ? [`load: ${load.sent} requests to ${load.url}, ${load.answered} answered, ${load.failed} failed`]
      : []),
  ];
}

/** Runs one recording: plans, asks, creates, changes, records and saves. */
export async function runRecord(options: RunOptions, terminal: Terminal): Promise<void> {
  const print = (lines: readonly string[]): void => {
    for (const line of lines) terminal.stderr.write(`${line}\n`);
  };
  const plan = await planOf(options, terminal);
  checkWritable(plan.workload.name, options);
  print(announcement(plan));
  const changesCluster = plan.change !== undefined || plan.toCreate !== undefined;
  if (changesCluster && !options.yes && !(await confirm('Continue?', terminal)))
    throw new InputError('not confirmed: nothing was changed');

  const session = await Session.open(plan.cluster, {
    namespace: plan.workload.namespace,
    kind: plan.workload.kind,
  });
  const { signal, release } = interruption();
  try {
    print(await createIfMissing(session, plan, signal));
    const timeline = await recordLive(session, plan, options, signal, terminal);
    print(summaryOf(timeline));
    save(timeline, options, terminal);
  } finally {
    session.close();
    release();
  }
}
