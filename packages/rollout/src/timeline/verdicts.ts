import { Type, type Static } from '@sinclair/typebox';
import { OrdersVerdict } from './orders.ts';
import { closed, count, seconds, string } from './schema-parts.ts';

const duration = (description: string) => Type.Number({ minimum: 0, description });

/** How often a situation holds in the draws of a prediction. */
export const DrawnVerdict = closed('How often a situation holds in the draws of a prediction.', {
  situation: string('Name of the situation, such as blue-green.'),
  held: count(
    'Number of draws in which the situation holds: in all always, in none never, else it is a race.',
  ),
  draws: count('Number of draws.'),
  because: string('The numbers that decide, in the draw that is shown.'),
  at: Type.Optional(seconds('When the situation begins, or is broken, in the draw that is shown')),
  shortest: Type.Optional(
    duration('Shortest span over all draws, in seconds. Absent if the situation has no span.'),
  ),
  longest: Type.Optional(
    duration('Longest span over all draws, in seconds. Absent if the situation has no span.'),
  ),
  decides: Type.Optional(string('What decides the race. Absent if it is no race.')),
  settles: Type.Optional(string('What would settle the race. Absent if that is unknown or it is no race.')),
  orders: Type.Optional(OrdersVerdict),
});
export type DrawnVerdict = Static<typeof DrawnVerdict>;

/** The fewest and the most ready pods of all draws, until the next range. */
export const ReadyRange = closed('The fewest and the most ready pods of all draws, until the next range.', {
  at: seconds('When the range begins'),
  fewest: count('Fewest ready pods in any draw.'),
  most: count('Most ready pods in any draw.'),
});
export type ReadyRange = Static<typeof ReadyRange>;

/** The draws of a prediction. */
export const Draws = closed('The draws of the prediction: one for each seed.', {
  first: Type.Integer({ description: 'Seed of the first draw; the others have the following integers.' }),
  count: count('Number of draws.'),
});
