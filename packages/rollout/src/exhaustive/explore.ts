import { InputError } from '../errors/input-error.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { livePods, readyPods } from '../timeline/counts.ts';
import type { Orders, OrdersVerdict } from '../timeline/orders.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { exploreStates, type Node } from './graph.ts';
import { createMonitors } from './monitors.ts';
import { searchOrders } from './search.ts';
import { SHORTEST_WAIT_SECONDS } from './steps.ts';

/** Most states that are searched, in a few seconds: 8 replicas with any surge, unavailable 0, or 4 with any of both. */
const MOST_STATES = 50_000;

/** The verdicts over every order of steps, by situation. */
export interface Exploration {
  readonly orders: Orders;
  readonly verdicts: ReadonlyMap<string, OrdersVerdict>;
}

/** Events of pods that wait until others are gone. */
const FAILURES = new Set(['FailedCreate', 'FailedAttachVolume']);
/** Waits that end by themselves, whatever the other pods do. */
const HARMLESS_WAITS = new Set(['ContainerCreating', 'ReadinessGatesNotReady']);

/** Returns why the pods of a draw do not start by themselves and stay ready; undefined if they do. */
function findTrouble({ pods, events = [], end, samples, workload }: Timeline): string | undefined {
  if (end.reason !== 'settled') return 'a draw does not settle';
  if (samples[0]?.old.available !== workload.replicas.before)
    return 'an old pod is not available at the change';
  const failure = events.find(({ reason }) => FAILURES.has(reason));
  if (failure) return `a draw has the event ${failure.reason}`;
  const states = pods.flatMap((lane) => lane.states);
  const broken = states.find(({ state }) => state === 'crashed' || state === 'unready');
  if (broken) return `a pod is ${broken.state} in a draw`;
  const waiting = states.find(({ reason }) => reason !== undefined && !HARMLESS_WAITS.has(reason));
  return waiting && `a pod waits in a draw: ${waiting.reason}`;
}

/** Returns why the orders of a rollout are not explored; undefined if they are. */
function findRefusal(
  before: WorkloadSpec,
  after: readonly WorkloadSpec[],
  draws: readonly Timeline[],
): string | undefined {
  const [first, ...later] = after;
  const isRolling = [before, ...after].every(({ strategy }) => strategy.type === 'RollingUpdate');
  if (before.kind !== 'Deployment' || !isRolling) return 'only rolling updates of a Deployment are explored';
  if (!first || later.length > 0) return 'only one change is explored';
  if (first.replicas !== before.replicas) return 'a change of the replicas is not explored';
  if (first.replicas === 0) return 'there are no pods';
  if (first.template.key === before.template.key) return 'the change has no new pod template';
  if (first.paused || before.paused) return 'the Deployment is paused';
  if (draws[0]?.changes.some(({ drainNode }) => drainNode !== undefined)) return 'a drain is not explored';
  if (draws.length === 1) return 'one draw has no verdicts, expected at least 2 draws';
  const [trouble] = draws.flatMap((draw) => findTrouble(draw) ?? []);
  return trouble && `only pods that start by themselves and stay ready are explored, and ${trouble}`;
}

function countOrders(graph: readonly Node[], spec: WorkloadSpec): Orders {
  const samples = graph.map(({ counts }) => ({ at: 0, ...counts }));
  const ready = samples.map(readyPods);
  const { minReadySeconds } = spec;
  return {
    states: graph.length,
    fewestReady: Math.min(...ready),
    mostReady: Math.max(...ready),
    mostLive: Math.max(...samples.map(livePods)),
    ...(minReadySeconds >= SHORTEST_WAIT_SECONDS && {
      assumes: `pods of one scale-up become ready within ${minReadySeconds - 1} s (minReadySeconds - 1) of each other`,
    }),
  };
}

/** Judges the situations that counts of pods decide, over every order of steps; undefined for too many states. */
export function exploreOrders(spec: WorkloadSpec, hasLoad = false): Exploration | undefined {
  const graph = exploreStates(spec, MOST_STATES);
  if (!graph) return undefined;
  const verdicts = createMonitors(spec, hasLoad).map(
    (monitor) => [monitor.situation, searchOrders(graph, monitor)] as const,
  );
  return { orders: countOrders(graph, spec), verdicts: new Map(verdicts) };
}

/**
 * Explores every order of steps of a prediction.
 *
 * @param after the workload after each change
 * @throws InputError for a rollout that is not explored
 */
export function explorePrediction(
  before: WorkloadSpec,
  after: readonly WorkloadSpec[],
  draws: readonly Timeline[],
): Exploration {
  const refusal = findRefusal(before, after, draws);
  if (refusal !== undefined) throw new InputError(`--exhaustive: ${refusal}`);
  const spec = after[0] ?? before;
  const explored = exploreOrders(spec, draws[0]?.load !== undefined);
  if (explored) return explored;
  const { replicas } = spec;
  throw new InputError(
    `--exhaustive: ${replicas} replicas have more than ${MOST_STATES} states, expected fewer replicas`,
  );
}
