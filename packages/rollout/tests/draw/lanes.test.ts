import { groupLanes, stackLanes } from '../../src/draw/lanes';
import { lane, timelineOf } from './timelines';

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
