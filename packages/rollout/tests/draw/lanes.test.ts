import { laneGroups, stackOf } from '../../src/draw/lanes';
import { lane, timelineOf } from './timelines';

describe('the lanes of a picture', () => {
  const groups = laneGroups(
    timelineOf([
      lane('stays', 'old', '-1 ready, 8 terminating, 9 gone', 0),
      lane('goes', 'old', '-1 ready, 2 terminating, 3 gone', 0),
      lane('later', 'new', '5 pending, 6 ready', 1),
      lane('first', 'new', '1 pending, 4 ready', 1),
      lane('again', 'new', '7 pending', 2),
    ]),
    -2,
    12,
  );

  test('stand by revision, old above new, in each those first that come or go first', () => {
    expect(groups.map(({ revision, lanes }) => [revision, ...lanes.map(({ pod }) => pod.slice(8))])).toEqual([
      [0, 'goes', 'stays'],
      [1, 'first', 'later'],
      [2, 'again'],
    ]);
  });

  test('reach back to the left edge where the pod was there from the first, and end where it is gone', () => {
    expect(groups[0]?.lanes[0]?.segments).toEqual([
      { from: -2, to: 2, state: 'ready' },
      { from: 2, to: 3, state: 'terminating' },
    ]);
    expect(groups[1]?.lanes[0]?.segments).toEqual([
      { from: 1, to: 4, state: 'pending' },
      { from: 4, to: 12, state: 'ready' },
    ]);
  });

  test('a timeline without revisions has the two versions', () => {
    const plain = timelineOf([lane('a', 'old', '-1 ready'), lane('b', 'new', '1 ready')]);
    expect(laneGroups(plain, -2, 12).map(({ revision }) => revision)).toEqual([0, 1]);
  });
});

describe('many pods as areas', () => {
  const [group] = laneGroups(
    timelineOf(
      ['a', 'b', 'c'].map((name, at) => lane(name, 'new', `${at} pending, ${at + 2} ready, 9 gone`, 1)),
    ),
    -1,
    10,
  );
  if (!group) throw new Error('no group');

  test('count at every step what the lanes show', () => {
    expect(
      stackOf(group, -1, 10, 0.001).map(({ at, until, counts }) => [at, until, counts.pending, counts.ready]),
    ).toEqual([
      [0, 1, 1, undefined],
      [1, 2, 2, undefined],
      [2, 3, 2, 1],
      [3, 4, 1, 2],
      [4, 9, 0, 3],
      [9, 10, 0, 0],
    ]);
  });

  test('draw what happens within the grain as one step', () => {
    const steps = stackOf(group, -1, 10, 5);
    expect(steps.map(({ at, until }) => [at, until])).toEqual([
      [0, 9],
      [9, 10],
    ]);
    expect(steps[0]?.counts).toEqual({ pending: 0, ready: 3 });
  });
});
