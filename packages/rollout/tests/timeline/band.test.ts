import { findBand } from '../../src/timeline/band.ts';
import { timeline } from '../timelines.ts';

test('a band has the fewest and the most ready pods of all timelines', () => {
  const early = timeline(2, [2, 0], [1, 1], [0, 2]);
  const late = timeline(2, [2, 0], [2, [1, 0]], [1, 0], [0, 2]);
  const band = findBand([early, late]);
  const rangeAt = (at: number) => band.findLast((range) => range.at <= at);
  expect(rangeAt(0.5)).toMatchObject({ fewest: 2, most: 2 });
  expect(rangeAt(2.5)).toMatchObject({ fewest: 1, most: 2 });
  expect(rangeAt(9)).toMatchObject({ fewest: 2, most: 2 });
});

test('a band of one timeline is its ready pods', () => {
  const band = findBand([timeline(1, [1, 0])]);
  expect(band).toEqual([{ at: 0, fewest: 1, most: 1 }]);
});
