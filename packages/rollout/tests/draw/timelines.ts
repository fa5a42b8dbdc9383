import { samplesOf } from '../../src/record/samples.ts';
import {
  TIMELINE_API_VERSION,
  type Lane,
  type PodState,
  type Timeline,
} from '../../src/timeline/timeline.ts';

/** Returns a lane from its states, written as `0 pending, 2 ready`. */
export function lane(pod: string, version: Lane['version'], states: string, revision?: number): Lane {
  return {
    pod: `web-abc-${pod}`,
    version,
    ...(revision !== undefined && { revision }),
    image: version === 'old' ? 'web:v1' : 'web:v2',
    restarts: 0,
    states: states.split(', ').map((each) => {
      const [at, state] = each.split(' ');
      return { at: Number(at), state: state as PodState };
    }),
  };
}

/** Returns a recorded timeline of lanes, from -1 s to its end. */
export function timelineOf(pods: readonly Lane[], more: Partial<Timeline> = {}): Timeline {
  const states = (each: Lane) => each.states.map((state) => ({ ...state, availableAt: state.at }));
  const end = more.end ?? { at: 20, reason: 'settled' as const };
  return {
    apiVersion: TIMELINE_API_VERSION,
    kind: 'Timeline',
    source: 'recorded',
    workload: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', replicas: { before: 1, after: 1 } },
    changes: [{ at: 0, description: 'image web:v2', image: 'web:v2' }],
    samples: samplesOf(
      pods.map((each) => ({ version: each.version, states: states(each) })),
      -1,
      end.at,
    ),
    pods: [...pods],
    cluster: { serverVersion: 'v1.27.4', nodes: [] },
    ...more,
    end,
  };
}

/** One old pod is replaced by one new pod; both are ready from 4 s to 8 s. */
export const blueGreen: Timeline = timelineOf([
  lane('aaa', 'old', '-1 ready, 8 terminating, 10 gone'),
  lane('bbb', 'new', '0 pending, 1 starting, 4 ready'),
]);

/** The only pod goes before the next one is ready: an outage from 1 s to 5 s. */
export const outage: Timeline = timelineOf(
  [lane('aaa', 'old', '-1 ready, 1 terminating, 3 gone'), lane('bbb', 'new', '2 pending, 5 ready')],
  { source: 'predicted', end: { at: 30, reason: 'settled' } },
);
