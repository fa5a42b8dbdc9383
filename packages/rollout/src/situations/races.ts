import { livePods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { DrawnVerdict } from '../timeline/verdicts.ts';
import { blueGreen } from './blue-green.ts';
import { formatPods, formatRange, type Finding, type Situation } from './situation.ts';
import { noLostRequests } from './no-lost-requests.ts';
import { rolling } from './rolling.ts';
import { resolveBudget, withinBudget } from './within-budget.ts';

/** One draw and what was found in it. */
export interface FoundDraw {
  readonly timeline: Timeline;
  readonly finding: Finding;
}

type Explanation = Pick<DrawnVerdict, 'decides' | 'settles'>;

/** When new pods become ready and the first old pod is deleted, in seconds. */
interface Moment {
  /** From the first new pod to the last one. */
  readonly spread: number;
  /** From the first new pod to the deletion of the first old one. */
  readonly reaction: number;
}

function findMoment({ pods }: Timeline): Moment | undefined {
  const times = (version: string, wanted: string): number[] =>
    pods
      .filter((lane) => lane.version === version)
      .flatMap(({ states }) => states.find(({ state }) => state === wanted)?.at ?? []);
  const [ready, deleted] = [times('new', 'ready'), times('old', 'terminating')];
  if (ready.length === 0 || deleted.length === 0) return undefined;
  const first = Math.min(...ready);
  return { spread: Math.max(...ready) - first, reaction: Math.min(...deleted) - first };
}

/**
 * All old and all new pods are ready at once if the last new pod is ready before the controllers, which react
 * to the first one, delete an old pod.
 *
 * A pod is available at the earliest minReadySeconds - 1 after it is ready, as its time counts in whole
 * seconds: new pods that become ready within 1.4 s need minReadySeconds 3.
 */
function explainMoment(draws: readonly Timeline[]): Explanation | undefined {
  if (draws.some(({ changes }) => changes.length > 1)) return undefined;
  const moments = draws.flatMap((draw) => findMoment(draw) ?? []);
  const spreads = moments.map(({ spread }) => spread);
  const reactions = moments.map(({ reaction }) => reaction);
  if (moments.length === 0 || Math.min(...reactions) < 0) return undefined;
  return {
    decides: `whether the last new pod is ready (${formatRange(spreads)} after the first) before the controllers delete an old one (${formatRange(reactions)} after the first)`,
    settles: `minReadySeconds: ${Math.ceil(Math.max(...spreads)) + 1}, longer than the spread of readiness`,
  };
}

/**
 * The Deployment controller counts the replicas that specs ask for, not the pods that exist.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `NewRSNewReplicas`
 */
function explainBudget(missed: readonly Timeline[]): Explanation | undefined {
  const excess = missed.map((draw) => {
    const most = resolveBudget(draw)?.most ?? Infinity;
    return Math.max(...draw.samples.map(livePods)) - most;
  });
  if (Math.min(...excess) <= 0) return undefined;
  return {
    decides:
      'the Deployment controller counts pods that a ReplicaSet has yet to delete as deleted, so new pods may exist before old ones go',
    settles: `nothing in the manifest: leave room for ${formatPods(Math.max(...excess))} more`,
  };
}

/** Longest time that kube-proxy takes to write its rules, rounded up: they wait up to a second for the write before. */
const SLEEP_SECONDS = 3;
/** How long before SIGTERM a request can be sent that is still in flight. */
const IN_FLIGHT_SECONDS = 0.1;

/** A process that ends at SIGTERM can end before its pod has left the Service. */
function explainLostRequests(missed: readonly Timeline[]): Explanation | undefined {
  const isTerminating = ({ pods }: Timeline, time: number): boolean =>
    pods.some(({ states }) => {
      const from = states.find(({ state }) => state === 'terminating')?.at ?? Infinity;
      const to = states.find(({ state }) => state === 'gone')?.at ?? Infinity;
      return from <= time + IN_FLIGHT_SECONDS && time <= to + SLEEP_SECONDS;
    });
  const leaves = missed.every((draw) => {
    const first = draw.load?.failures[0]?.at;
    const crashes = draw.pods.some(({ states }) => states.some(({ state }) => state === 'crashed'));
    return first !== undefined && !crashes && draw.load?.outages?.length === 0 && isTerminating(draw, first);
  });
  if (!leaves) return undefined;
  return {
    decides:
      'whether a request is sent to a pod whose process has ended after SIGTERM before kube-proxy has removed it',
    settles: `a process that goes on answering for ${SLEEP_SECONDS} s after SIGTERM; a preStop sleep spares all but the requests in flight on kept-alive connections`,
  };
}

/** The later changes come while the rollout of the first one is in a moment that differs between draws. */
function explainAnything(held: readonly FoundDraw[], missed: readonly FoundDraw[]): Explanation {
  const describe = ([draw]: readonly FoundDraw[]): string =>
    `with seed ${draw?.timeline.prediction?.seed ?? '?'} ${draw?.finding.because ?? ''}`;
  const { changes, end } = held[0]?.timeline ?? {};
  const decides = `${describe(held)}; ${describe(missed)}`;
  if ((changes?.length ?? 0) > 1)
    return { decides, settles: 'a later change only after the rollout before it has settled' };
  const limited = [...held, ...missed].some(({ timeline }) => timeline.end.reason === 'limit');
  return limited && end ? { decides, settles: 'a longer --limit' } : { decides };
}

const explanations: Readonly<
  Record<string, (held: readonly Timeline[], missed: readonly Timeline[]) => Explanation | undefined>
> = {
  [blueGreen.name]: (held, missed) => explainMoment([...held, ...missed]),
  [rolling.name]: (held, missed) => explainMoment([...held, ...missed]),
  [withinBudget.name]: (_, missed) => explainBudget(missed),
  [noLostRequests.name]: (_, missed) => explainLostRequests(missed),
};

/** Returns what decides a race and what would settle it. */
export function explainRace(
  situation: Situation['name'],
  held: readonly FoundDraw[],
  missed: readonly FoundDraw[],
): Explanation {
  const timelines = (draws: readonly FoundDraw[]): Timeline[] => draws.map(({ timeline }) => timeline);
  const explained = explanations[situation]?.(timelines(held), timelines(missed));
  return explained ?? explainAnything(held, missed);
}
