import type { Timeline } from '@online-inference/rollout';
import type { Failure, Noted } from '../kit/load/tally';
import { clockOf } from './clock';
import type { Claim, Observed } from './scenario';

/** A process that ended though nobody had asked its pod to end. */
export interface Fault {
  readonly pod: string;
  /** When it was known that the pod is not ready, in milliseconds since the epoch. */
  readonly noticedAt: number;
}

/** What a fault cost. */
export interface Cost {
  readonly fault: Fault;
  /** A process had taken them, and ended. */
  readonly cut: readonly Failure[];
  /** No process had taken them: nothing listened any more. Another pod answered. */
  readonly refused: readonly Noted[];
}

/** What of the load is otherwise where processes end. */
export const RECONNECTS =
  'A request whose connection is refused goes over another one here, as nothing was sent yet: such are counted as connected anew. Without that they would have failed.';

/** The kubelet looks once a second which containers have ended, and a busy one is late. */
const NOTICED_WITHIN_MS = 5000;
/**
 * From when a pod is known not to be ready until no node sends it new connections any more: kube-proxy
 * writes its rules once a second at the most.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ `minSyncPeriod`
 */
const TAKEN_OUT_WITHIN_MS = 1500;
/** The connections of a process are closed one after the other, and read by the client in turn. */
const ONE_INSTANT_MS = 50;

const CUT = ['ECONNRESET', 'EPIPE'];

/** Every end of a ready pod's process in a timeline. */
export function faultsOf(timeline: Timeline): Fault[] {
  const wall = clockOf(timeline);
  return timeline.pods.flatMap(({ pod, states }) =>
    states.flatMap(({ at, state }, i) =>
      states[i - 1]?.state === 'ready' && (state === 'crashed' || state === 'unready')
        ? [{ pod, noticedAt: wall(at) }]
        : [],
    ),
  );
}

/** What each fault explains. Where that is to it in time, the claims are about. */
export function costs({ load, phases }: Observed): Cost[] {
  const faults = phases.flatMap(({ timeline }) => faultsOf(timeline));
  const nearest = ({ sentAt }: Noted): Fault | undefined => {
    const away = ({ noticedAt }: Fault): number => Math.abs(noticedAt - sentAt);
    return [...faults].sort((a, b) => away(a) - away(b))[0];
  };
  return faults.map((fault) => {
    const its = (noted: Noted): boolean =>
      nearest(noted) === fault && fault.noticedAt - noted.sentAt < NOTICED_WITHIN_MS;
    return {
      fault,
      cut: load.failures.filter((failure) => CUT.includes(failure.error) && its(failure)),
      refused: load.refused.filter(its),
    };
  });
}

/** What ends of processes may cost at the most, of `count` of them. */
export function faultClaims(observed: Observed, count: number): Claim[] {
  const found = costs(observed);
  const { failures, refused } = observed.load;
  const cut = found.flatMap((cost) => cost.cut);
  const latest = Math.max(
    -Infinity,
    ...found.flatMap((cost) => cost.refused.map(({ sentAt }) => sentAt - cost.fault.noticedAt)),
  );
  const others = refused.length - found.flatMap((cost) => cost.refused).length;
  return [
    {
      claim: `${count === 1 ? 'a process ends' : `${count} processes end`}, and the pod is ready again`,
      holds: found.length === count,
      because: `${found.length} seen`,
    },
    {
      claim: 'no request fails but those that were under way in the process as it ended',
      holds: cut.length === failures.length && found.every((cost) => apart(cost.cut) <= ONE_INSTANT_MS),
      because: `${found.map((cost) => cost.cut.length).join(' and ')} of ${failures.length} that failed`,
    },
    {
      claim: 'connections are refused only until Kubernetes knows of it and has taken the pod out',
      holds: others === 0 && latest <= TAKEN_OUT_WITHIN_MS,
      because: [
        found.map(told).join(', '),
        ...(refused.length > 0 ? [when(latest)] : []),
        ...(others > 0 ? [`${others} at other times`] : []),
      ].join('; '),
    },
  ];
}

/** By how many milliseconds some requests miss to have all been under way at one instant. */
function apart(failures: readonly Failure[]): number {
  return (
    Math.max(-Infinity, ...failures.map(({ sentAt }) => sentAt)) -
    Math.min(Infinity, ...failures.map(({ endedAt }) => endedAt))
  );
}

function told({ refused }: Cost): string {
  const times = refused.map(({ sentAt }) => sentAt);
  const seconds = times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1000;
  return `${refused.length} refused in ${seconds.toFixed(1)} s`;
}

const when = (milliseconds: number): string =>
  `the last ${Math.abs(Math.round(milliseconds))} ms ${milliseconds < 0 ? 'before' : 'after'} the pod was known not to be ready`;
