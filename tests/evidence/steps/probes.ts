import type { Timeline } from '@online-inference/rollout';
import { HANG_TO_KILL_SECONDS } from '../../../constructs/inference-probes';
import { DEMO_START_SECONDS, DRAIN_SECONDS, probedReplicaSet, type Scenario } from '../scenario';

/** Returns each time at which the pod that the change adds became ready. */
const readyAt = ({ pods }: Timeline): number[] => {
  const added = pods.find(({ states }) => (states[0]?.at ?? 0) >= 0);
  return added?.states.flatMap(({ at, state }) => (state === 'ready' ? [at] : [])) ?? [];
};

const restarts = ({ pods }: Timeline): number => Math.max(...pods.map((pod) => pod.restarts));

const HANG_AFTER_SECONDS = 20;
/** Seconds from a kill until the restarted process answers a probe. */
const RESTART_SECONDS = 5;
const hanging = {
  START_DELAY_SECONDS: '1',
  CRASH_AFTER_SECONDS: '0',
  HANG_AFTER_SECONDS: `${HANG_AFTER_SECONDS}`,
};
const hangingBehaviour = { startDelay: 1.7, hangAfter: HANG_AFTER_SECONDS + 1.7, drain: DRAIN_SECONDS };
const late = { START_DELAY_SECONDS: '25', CRASH_AFTER_SECONDS: '0' };
const lateBehaviour = { startDelay: DEMO_START_SECONDS, drain: DRAIN_SECONDS };

/** Seconds from the start of the first pod until the change, as recorded: it is ready, and load has been sent for 3 s. */
const READY_SECONDS = 30.5;
/** The same for a pod that is ready at once but does not answer: the recording waits 10 s for an answer. */
const UNANSWERED_SECONDS = 14.3;

/** Step 3: what each probe achieves, compared with a pod that lacks it. */
export const probes: readonly Scenario[] = [
  {
    id: '3-late-start-and-crash',
    title: 'Step 3: the demo image as committed starts late, crashes after 4 minutes and comes back',
    manifest: () => probedReplicaSet({ replicas: 1 }),
    changes: [{ replicas: 2 }],
    behaviour: { startDelay: DEMO_START_SECONDS, crashAfter: 240 + DEMO_START_SECONDS, drain: DRAIN_SECONDS },
    age: READY_SECONDS,
    goOnFor: 320,
    expect: ['not-crash-free'],
    claims: {
      'the new pod becomes ready after its late start, and within 35 s': (timeline) =>
        (readyAt(timeline)[0] ?? 0) > 20 && (readyAt(timeline)[0] ?? Infinity) < 35,
      'it crashes, is restarted, and is ready again': (timeline) =>
        restarts(timeline) >= 1 && readyAt(timeline).length >= 2,
    },
  },
  {
    id: '3-without-readiness',
    title: 'Step 3, without readiness and startup probes: a pod gets traffic before it can serve it',
    manifest: () =>
      probedReplicaSet({
        replicas: 1,
        env: late,
        without: ['readinessProbe', 'startupProbe', 'livenessProbe'],
      }),
    changes: [{ replicas: 2 }],
    behaviour: lateBehaviour,
    age: UNANSWERED_SECONDS,
    goOnFor: 40,
    expect: ['crash-free', 'not-no-lost-requests', 'not-answering'],
    claims: {
      'the new pod counts as ready at once': (timeline) => (readyAt(timeline)[0] ?? Infinity) < 5,
      'over 100 requests fail': ({ load }) => (load?.failed ?? 0) > 100,
    },
  },
  {
    id: '3-with-readiness',
    title: 'Step 3, with readiness and startup probes: a pod gets no traffic before it can serve it',
    manifest: () => probedReplicaSet({ replicas: 1, env: late }),
    changes: [{ replicas: 2 }],
    behaviour: lateBehaviour,
    goOnFor: 40,
    expect: ['crash-free', 'no-outage', 'no-lost-requests'],
  },
  {
    id: '3-without-startup',
    title: 'Step 3, without the startup probe: liveness kills the late start, again and again',
    manifest: () => probedReplicaSet({ replicas: 0, env: late, without: ['startupProbe'] }),
    changes: [{ replicas: 1 }],
    behaviour: lateBehaviour,
    goOnFor: 90,
    expect: ['not-crash-free'],
    claims: { 'it is never ready': (timeline) => readyAt(timeline).length === 0 },
  },
  {
    id: '3-hang-with-liveness',
    title: 'Step 3: a process that hangs is restarted by liveness',
    manifest: () => probedReplicaSet({ replicas: 0, env: hanging }),
    changes: [{ replicas: 1 }],
    behaviour: hangingBehaviour,
    goOnFor: 75,
    expect: ['not-crash-free'],
    claims: {
      'it is ready again within the liveness budget': (timeline: Timeline): boolean => {
        const [first = 0, again = Infinity] = readyAt(timeline);
        return again - (first + HANG_AFTER_SECONDS) <= HANG_TO_KILL_SECONDS + RESTART_SECONDS;
      },
    },
  },
  {
    id: '3-hang-without-liveness',
    title: 'Step 3, without liveness: a process that hangs is never restarted',
    manifest: () => probedReplicaSet({ replicas: 0, env: hanging, without: ['livenessProbe'] }),
    changes: [{ replicas: 1 }],
    behaviour: hangingBehaviour,
    goOnFor: 75,
    expect: ['crash-free'],
    claims: {
      'it stays unready, and is never restarted': (timeline) =>
        restarts(timeline) === 0 && timeline.samples.at(-1)?.old.ready === 0,
    },
  },
];
