import { Type, type Static } from '@sinclair/typebox';
import { closed, count, oneOf, string } from './schema-parts.ts';
import { countsOfVersion } from './version-counts.ts';

const order = (description: string) =>
  Type.Array(
    closed('A step of a controller or a kubelet, and the pods after it.', {
      does: string('What happens.'),
      old: countsOfVersion('old'),
      new: countsOfVersion('new'),
    }),
    { description },
  );

/** An order of steps, from the state before the change. */
export type Order = Static<ReturnType<typeof order>>;

/** Whether a situation holds in every order in which controllers, caches and kubelets may act. */
export const OrdersVerdict = closed(
  'Whether the situation holds in every order in which controllers, caches and kubelets may act.',
  {
    outcome: oneOf('In which orders the situation holds.', {
      always: 'In every order.',
      race: 'In some orders.',
      never: 'In no order.',
    }),
    example: Type.Optional(order('The smallest order in which it holds. Absent if there is none.')),
    counterexample: Type.Optional(
      order('The smallest order in which it cannot hold. Absent if it always holds.'),
    ),
  },
);
export type OrdersVerdict = Static<typeof OrdersVerdict>;

/** The pods over every order in which controllers, caches and kubelets may act. */
export const Orders = closed(
  'The search over every order in which controllers, caches and kubelets may act.',
  {
    states: count('Number of states that the rollout can be in.'),
    fewestReady: count('Fewest ready pods in any state.'),
    mostReady: count('Most ready pods in any state.'),
    mostLive: count('Most pods in any state, without the terminating ones.'),
    assumes: Type.Optional(string('What the search assumes about time. Absent if nothing.')),
  },
);
export type Orders = Static<typeof Orders>;
