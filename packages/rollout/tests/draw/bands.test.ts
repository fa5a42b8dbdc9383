import { bandsOf } from '../../src/draw/bands';
import { blueGreen, lane, outage, timelineOf } from './timelines';

const told = (bands: ReturnType<typeof bandsOf>): unknown[] =>
  bands.map(({ kind, spans, label }) => [kind, ...spans.map(({ from, to }) => `${from}-${to}`), label]);

test('the moment with all old and all new ready is marked with how long it lasts', () => {
  expect(told(bandsOf(blueGreen))).toEqual([
    ['blue-green', '4-8', 'blue-green, all old and all new are ready: 4 s'],
    ['mixed', '4-8', 'both versions are ready to answer: 4 s'],
  ]);
});

test('an outage is marked, every time that it comes', () => {
  expect(told(bandsOf(outage))).toEqual([['outage', '1-5', 'outage, no pod is ready: 4 s']]);
  const twice = timelineOf([lane('a', 'old', '-1 ready, 1 crashed, 2 ready, 4 crashed, 4.5 ready')]);
  expect(told(bandsOf(twice))).toEqual([
    ['outage', '1-2', '4-4.5', 'outage, no pod is ready: 2 times, 1.5 s in all'],
  ]);
});

test('gaps of several watches at once are one', () => {
  const gaps = [
    { from: 3, to: 4, reason: 'Pod' },
    { from: 3.5, to: 4.25, reason: 'Deployment' },
    { from: 6, to: 6.5, reason: 'Pod' },
  ];
  expect(told(bandsOf({ ...blueGreen, gaps })).at(-1)).toEqual([
    'gap',
    '3-4.25',
    '6-6.5',
    'the watch was away: 2 times, 1.8 s in all',
  ]);
});

test('what still holds when all is settled goes on to the end of the picture, and says since when', () => {
  const kept = timelineOf([lane('a', 'old', '-1 ready'), lane('b', 'new', '0 pending, 3 ready')]);
  const mixed = (timeline: typeof kept) => told(bandsOf(timeline, 20)).at(-1);
  expect(mixed(kept)).toEqual(['mixed', '3-20', 'both versions are ready to answer: from 3 s on']);
  const cut = { ...kept, end: { at: 5, reason: 'limit' as const } };
  expect(mixed(cut)).toEqual(['mixed', '3-5', 'both versions are ready to answer: 2 s']);
});
