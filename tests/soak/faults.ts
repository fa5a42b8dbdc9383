import type { Timeline } from '@online-inference/rollout';
import type { Outcome } from '../kit/load/tally';
import { wallClock, type Claim, type Observed } from './soak';

/** The unexpected end of a ready pod's process, and the requests that it cost. */
export interface Fault {
  /** When the API server knew that the pod is not ready, in milliseconds since the epoch. */
  readonly noticedAt: number;
  /** Requests that the process had accepted. */
  readonly cut: readonly Outcome[];
  /** Requests whose connection was refused, as nothing listened any more. */
  readonly refused: readonly Outcome[];
}

/** The kubelet looks for ended containers once a second, later on a busy node. */
const NOTICED_WITHIN_MS = 5000;
/**
 * From the pod's unreadiness until no node sends it new connections. kube-proxy writes its rules at
 * most once a second.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ `minSyncPeriod`
 */
const REMOVED_WITHIN_MS = 1500;
/** A process's connections close one after another, and the client reads them in turn. */
const ONE_INSTANT_MS = 50;

const CUT = ['ECONNRESET', 'EPIPE'];

/** Returns when each process of a ready pod was noticed to have ended. */
function endsIn(timeline: Timeline): number[] {
  return timeline.pods.flatMap(({ states }) =>
    states.flatMap(({ at, state }, i) =>
      states[i - 1]?.state === 'ready' && (state === 'crashed' || state === 'unready')
        ? [wallClock(timeline, at)]
        : [],
    ),
  );
}

/** Returns each fault with the failures that are nearest to it in time. */
export function faultsOf({ load, phases }: Observed): Fault[] {
  const ends = phases.flatMap(({ timeline }) => endsIn(timeline));
  return ends.map((noticedAt) => {
    const caused = ({ sentAt }: Outcome): boolean =>
      noticedAt - sentAt < NOTICED_WITHIN_MS &&
      ends.every((other) => Math.abs(noticedAt - sentAt) <= Math.abs(other - sentAt));
    return {
      noticedAt,
      cut: load.failures.filter((failure) => CUT.includes(failure.error ?? '') && caused(failure)),
      refused: load.refused.filter(caused),
    };
  });
}

/** Claims what the unexpected ends of `count` processes cost at most. */
export function faultClaims(observed: Observed, count: number): Claim[] {
  const faults = faultsOf(observed);
  const { failures, refused } = observed.load;
  const cut = faults.flatMap((fault) => fault.cut);
  const delays = faults.flatMap((fault) => fault.refused.map(({ sentAt }) => sentAt - fault.noticedAt));
  const latest = Math.max(-Infinity, ...delays);
  const others = refused.length - delays.length;
  return [
    {
      claim: `${count === 1 ? 'a process ends' : `${count} processes end`}, and the pod is ready again`,
      holds: faults.length === count,
      because: `${faults.length} seen`,
    },
    {
      claim: 'no request fails except those in flight in the process as it ended',
      holds: cut.length === failures.length && faults.every((fault) => spread(fault.cut) <= ONE_INSTANT_MS),
      because: `${faults.map((fault) => fault.cut.length).join(' and ')} of ${failures.length} that failed`,
    },
    {
      claim: 'connections are refused only until Kubernetes has noticed and removed the endpoint',
      holds: others === 0 && latest <= REMOVED_WITHIN_MS,
      because: [
        faults.map(describeRefused).join(', '),
        ...(refused.length > 0 ? [describeDelay(latest)] : []),
        ...(others > 0 ? [`${others} at other times`] : []),
      ].join('; '),
    },
  ];
}

/** Milliseconds by which requests miss having been in flight at one instant. */
function spread(failures: readonly Outcome[]): number {
  return (
    Math.max(-Infinity, ...failures.map(({ sentAt }) => sentAt)) -
    Math.min(Infinity, ...failures.map(({ endedAt }) => endedAt))
  );
}

function describeRefused({ refused }: Fault): string {
  const times = refused.map(({ sentAt }) => sentAt);
  const seconds = times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1000;
  return `${refused.length} refused in ${seconds.toFixed(1)} s`;
}

const describeDelay = (milliseconds: number): string =>
  `the last ${Math.abs(Math.round(milliseconds))} ms ${milliseconds < 0 ? 'before' : 'after'} the pod was known to be unready`;
