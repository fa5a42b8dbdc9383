import { getBands } from '../../src/draw/bands.ts';
import { blueGreen, lane, outage, timelineOf } from './timelines.ts';
import { groupLanes, stackLanes } from '../../src/draw/lanes.ts';

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

describe('the lanes of a picture', () => {
  const groups = groupLanes(
    timelineOf([
      lane('stays', 'old', '-1 ready, 8 terminating, 9 gone', 0),
      lane('goes', 'old', '-1 ready, 2 terminating, 3 gone', 0),
      lane('later', 'new', '5 pending, 6 ready', 1),
      lane('first', 'new', '1 pending, 4 ready', 1),
      lane('again', 'new', '7 pending', 2),
    ]),
    { from: -2, to: 12 },
  );

  test('are grouped by revision, old above new, and sorted by creation and termination', () => {
    expect(groups.map(({ revision, lanes }) => [revision, ...lanes.map(({ pod }) => pod.slice(8))])).toEqual([
      [0, 'goes', 'stays'],
      [1, 'first', 'later'],
      [2, 'again'],
    ]);
  });

  test('begin at the left edge for pods from before the change, and end when the pod is gone', () => {
    expect(groups[0]?.lanes[0]?.segments).toEqual([
      { from: -2, to: 2, state: 'ready' },
      { from: 2, to: 3, state: 'terminating' },
    ]);
    expect(groups[1]?.lanes[0]?.segments).toEqual([
      { from: 1, to: 4, state: 'pending' },
      { from: 4, to: 12, state: 'ready' },
    ]);
  });

  test('of a timeline without revisions are grouped by version', () => {
    const plain = timelineOf([lane('a', 'old', '-1 ready'), lane('b', 'new', '1 ready')]);
    expect(groupLanes(plain, { from: -2, to: 12 }).map(({ revision }) => revision)).toEqual([0, 1]);
  });
});

describe('areas for many pods', () => {
  const [group] = groupLanes(
    timelineOf(
      ['a', 'b', 'c'].map((name, at) => lane(name, 'new', `${at} pending, ${at + 2} ready, 9 gone`, 1)),
    ),
    { from: -1, to: 10 },
  );
  if (!group) throw new Error('no group');

  test('count the pods in each state', () => {
    expect(
      stackLanes(group, { from: -1, to: 10 }, 0.001).map(({ from, to, counts }) => [
        from,
        to,
        counts.pending,
        counts.ready,
      ]),
    ).toEqual([
      [0, 1, 1, undefined],
      [1, 2, 2, undefined],
      [2, 3, 2, 1],
      [3, 4, 1, 2],
      [4, 9, 0, 3],
      [9, 10, 0, 0],
    ]);
  });

  test('merge steps closer together than the grain', () => {
    const steps = stackLanes(group, { from: -1, to: 10 }, 5);
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [0, 9],
      [9, 10],
    ]);
    expect(steps[0]?.counts).toEqual({ pending: 0, ready: 3 });
  });
});
