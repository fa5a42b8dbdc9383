import { getBands } from '../../src/draw/bands';
import { blueGreen, lane, outage, timelineOf } from './timelines';

const summarize = (bands: ReturnType<typeof getBands>): unknown[] =>
  bands.map(({ kind, spans, label }) => [kind, ...spans.map(({ from, to }) => `${from}-${to}`), label]);

test('the label of a band has its duration', () => {
  expect(summarize(getBands(blueGreen))).toEqual([
    ['blue-green', '4-8', 'blue-green, all old and all new pods ready: 4 s'],
    ['mixed', '4-8', 'both versions ready: 4 s'],
  ]);
});

test('every outage has a span', () => {
  expect(summarize(getBands(outage))).toEqual([['outage', '1-5', 'outage, no pod ready: 4 s']]);
  const twice = timelineOf([lane('a', 'old', '-1 ready, 1 crashed, 2 ready, 4 crashed, 4.5 ready')]);
  expect(summarize(getBands(twice))).toEqual([
    ['outage', '1-2', '4-4.5', 'outage, no pod ready: 2 times, 1.5 s in total'],
  ]);
});

test('overlapping gaps of several watches are merged', () => {
  const gaps = [
    { from: 3, to: 4, reason: 'Pod' },
    { from: 3.5, to: 4.25, reason: 'Deployment' },
    { from: 6, to: 6.5, reason: 'Pod' },
  ];
  expect(summarize(getBands({ ...blueGreen, gaps })).at(-1)).toEqual([
    'gap',
    '3-4.25',
    '6-6.5',
    'watch disconnected: 2 times, 1.8 s in total',
  ]);
});

test('a situation that holds when the workload settles extends to the end of the picture', () => {
  const kept = timelineOf([lane('a', 'old', '-1 ready'), lane('b', 'new', '0 pending, 3 ready')]);
  const mixed = (timeline: typeof kept) => summarize(getBands(timeline, 20)).at(-1);
  expect(mixed(kept)).toEqual(['mixed', '3-20', 'both versions ready: from 3 s on']);
  const cut = { ...kept, end: { at: 5, reason: 'limit' as const } };
  expect(mixed(cut)).toEqual(['mixed', '3-5', 'both versions ready: 2 s']);
});
