import type { Order, OrdersVerdict } from '../timeline/orders.ts';
import type { Node } from './graph.ts';
import type { Monitor } from './monitors.ts';

/** A state of the graph with what a monitor remembers of the steps to it. */
interface Place {
  readonly node: Node;
  readonly memory: number;
  /** The place before, on a shortest way from the start. */
  readonly from: Place | undefined;
  /** The step from there. */
  readonly does: string;
  readonly before: Place[];
}

/** Returns all places, breadth first. */
function findPlaces(graph: readonly Node[], { next }: Monitor): Place[] {
  const places: Place[] = [];
  const known = new Map<number, Place>();
  const visit = (position: number, memory: number, from: Place | undefined, does: string): void => {
    const node = graph[position];
    if (!node) return;
    const reached = next(memory, node.counts);
    const key = reached * graph.length + position;
    const place = known.get(key) ?? { node, memory: reached, from, does, before: [] };
    if (from) place.before.push(from);
    if (known.has(key)) return;
    known.set(key, place);
    places.push(place);
  };
  visit(0, 0, undefined, 'before the change');
  for (const place of places)
    for (const { does, to } of place.node.edges) visit(to, place.memory, place, does);
  return places;
}

/** Returns the places from which some order ends in one of these. */
function findLeadingTo(ends: readonly Place[]): Set<Place> {
  const leading = new Set(ends);
  for (const place of leading) for (const each of place.before) leading.add(each);
  return leading;
}

/** Returns the steps of the shortest way to a place. */
function orderTo(place: Place | undefined): Order | undefined {
  if (!place) return undefined;
  const { node, does, from } = place;
  return [...(orderTo(from) ?? []), { does, ...node.counts }];
}

/** Judges a situation over every order of steps, from the start to a state at rest. */
export function searchOrders(graph: readonly Node[], monitor: Monitor): OrdersVerdict {
  const places = findPlaces(graph, monitor);
  const ends = places.filter(({ node }) => node.edges.length === 0);
  const mayHold = findLeadingTo(ends.filter(({ memory }) => monitor.holds(memory)));
  const mayFail = findLeadingTo(ends.filter(({ memory }) => !monitor.holds(memory)));
  const example = orderTo(places.find((place) => !mayFail.has(place)));
  const counterexample = orderTo(places.find((place) => !mayHold.has(place)));
  return {
    outcome: !counterexample ? 'always' : example ? 'race' : 'never',
    ...(example && { example }),
    ...(counterexample && { counterexample }),
  };
}
