import type { Timeline } from '@online-inference/rollout';
import { HANG_TO_KILL_SECONDS } from '../../constructs/inference-probes';
import { probedReplicaSet } from '../manifests';
import { DEMO_START_SECONDS, DRAIN_SECONDS, type Scenario } from '../scenario';

/** The one that the change adds: the others run before it. */
const added = ({ pods }: Timeline) => pods.find(({ states }) => (states[0]?.at ?? 0) >= 0);

const seconds = (timeline: Timeline, state: string): number =>
  added(timeline)?.states.find((entry) => entry.state === state)?.at ?? Infinity;

const HANG_AFTER_SECONDS = 20;
const hanging = {
  START_DELAY_SECONDS: '1',
  CRASH_AFTER_SECONDS: '0',
  HANG_AFTER_SECONDS: `${HANG_AFTER_SECONDS}`,
};
const hangingBehaviour = { startDelay: 1.7, hangAfter: HANG_AFTER_SECONDS + 1.7, drain: DRAIN_SECONDS };
const late = { START_DELAY_SECONDS: '25', CRASH_AFTER_SECONDS: '0' };
const lateBehaviour = { startDelay: DEMO_START_SECONDS, drain: DRAIN_SECONDS };

/** Step 3: what each probe achieves, with it and without it. */
export const probes: readonly Scenario[] = [
  {
    id: '3-late-start-and-crash',
    title: 'Step 3: the demo image as committed starts late, crashes after 4 minutes and comes back',
    manifest: () => probedReplicaSet({ replicas: 1 }),
    changes: [{ replicas: 2 }],
    behaviour: { startDelay: DEMO_START_SECONDS, crashAfter: 240 + DEMO_START_SECONDS, drain: DRAIN_SECONDS },
    goOnFor: 320,
    expect: ['not-crash-free'],
    claims: {
      'the new pod is not ready before its late start': (timeline) => seconds(timeline, 'ready') > 20,
      'it is ready within 35 s': (timeline) => seconds(timeline, 'ready') < 35,
      'it crashes, and is ready again': (timeline) =>
        added(timeline)
          ?.states.map(({ state }) => state)
          .join(' ')
          .includes('crashed') === true && (added(timeline)?.restarts ?? 0) >= 1,
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
    goOnFor: 40,
    expect: ['crash-free'],
    claims: { 'the new pod counts as ready at once': (timeline) => seconds(timeline, 'ready') < 5 },
    recordedClaims: { 'requests fail': ({ load }) => (load?.failed ?? 0) > 100 },
  },
  {
    id: '3-with-readiness',
    title: 'Step 3, with them: nobody is sent to a pod that cannot serve yet',
    manifest: () => probedReplicaSet({ replicas: 1, env: late }),
    changes: [{ replicas: 2 }],
    behaviour: lateBehaviour,
    goOnFor: 40,
    expect: ['crash-free', 'no-outage'],
    recordedClaims: { 'no request fails': ({ load }) => load?.failed === 0 },
  },
  {
    id: '3-without-startup',
    title: 'Step 3, without the startup probe: liveness kills the late start, again and again',
    manifest: () => probedReplicaSet({ replicas: 0, env: late, without: ['startupProbe'] }),
    changes: [{ replicas: 1 }],
    behaviour: lateBehaviour,
    goOnFor: 90,
    expect: ['not-crash-free'],
    claims: { 'it is never ready': (timeline) => seconds(timeline, 'ready') === Infinity },
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
      'it is killed in the time that its budget says': (timeline: Timeline): boolean => {
        const hung = seconds(timeline, 'ready') + HANG_AFTER_SECONDS;
        return seconds(timeline, 'crashed') - hung <= HANG_TO_KILL_SECONDS + 2;
      },
    },
  },
  {
    id: '3-hang-without-liveness',
    title: 'Step 3, without liveness: a process that hangs stays so',
    manifest: () => probedReplicaSet({ replicas: 0, env: hanging, without: ['livenessProbe'] }),
    changes: [{ replicas: 1 }],
    behaviour: hangingBehaviour,
    goOnFor: 75,
    expect: ['crash-free'],
    claims: {
      'it is no longer ready, and never restarted': (timeline) =>
        added(timeline)?.states.at(-1)?.state === 'unready',
    },
  },
];
