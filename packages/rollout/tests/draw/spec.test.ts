import type { Spec } from 'vega';
import { pictureSpec } from '../../src/draw/index.ts';
import { FRAME } from '../../src/draw/layout.ts';
import { estimateWidth } from '../../src/draw/words.ts';
import type { Timeline } from '../../src/timeline/timeline.ts';
import { blueGreen, lane, outage, timelineOf } from './timelines.ts';

type Row = Readonly<Record<string, number | string>>;
function rows(spec: Spec, name: string): readonly Row[] {
  const found = spec.data?.find((data) => data.name === name);
  if (!found || !('values' in found)) throw new Error(`the specification has no data set ${name}`);
  return found.values as Row[];
}
const scaleOf = (spec: Spec, name: string) => spec.scales?.find((scale) => scale.name === name);
const span = (spec: Spec): unknown => spec.signals?.find(({ name }) => name === 'span');

const many = (count: number): Timeline =>
  timelineOf(
    Array.from({ length: count }, (_, at) =>
      lane(String(at), at % 2 ? 'old' : 'new', `${at / count} pending, 3 ready`),
    ),
    { workload: { ...blueGreen.workload, replicas: { before: count / 2, after: count / 2 } } },
  );

test('several timelines share one time axis, one below the other', () => {
  const spec = pictureSpec([blueGreen, outage]);
  expect(spec.scales?.filter(({ name }) => name === 'time')).toHaveLength(1);
  const [above, below] = [rows(spec, 'lanes0'), rows(spec, 'lanes1')];
  expect(Math.max(...above.map(({ y }) => Number(y)))).toBeLessThan(
    Math.min(...below.map(({ y }) => Number(y))),
  );
  expect(span(spec)).toEqual(span(pictureSpec([outage, blueGreen])));
  expect(scaleOf(spec, 'ready0')?.domain).toEqual(scaleOf(spec, 'ready1')?.domain);
});

test('the titles state the source, the workload, the change and the outcome', () => {
  const spec = pictureSpec([blueGreen, outage]);
  expect(rows(spec, 'title0')[0]).toMatchObject({ text: 'Recorded on Kubernetes v1.27.4: Deployment web' });
  expect(rows(spec, 'title1')[0]).toMatchObject({ text: 'Predicted: Deployment web' });
  expect(rows(spec, 'words0').map(({ text }) => text)).toEqual([
    'Change: image web:v2',
    '1 replica',
    'settled at 10 s  ·  never fewer than 1 ready  ·  at most 2 pods, including terminating',
  ]);
});

test('a lane is one pod; its colour is the version, its fill the state', () => {
  const lanes = rows(pictureSpec([blueGreen]), 'lanes0');
  const looks = lanes.map(({ fill, stroke, height }) => `${fill} ${stroke} ${height}`);
  expect(new Set(looks).size).toBe(5); // old ready and terminating; new pending, starting and ready
  expect(new Set(lanes.slice(0, 2).map(({ y, height }) => Number(y) + Number(height) / 2)).size).toBe(1);
});

test('each change has a label at its time', () => {
  const twice = { ...blueGreen, changes: [...blueGreen.changes, { at: 12, description: 'replicas 1' }] };
  expect(rows(pictureSpec([twice]), 'changes0').map(({ at, text }) => [at, text])).toEqual([
    [0, 'change 1'],
    [12, 'change 2'],
  ]);
});

test.each([1, 16, 17, 60, 61, 1000])('with %i pods the picture is shorter than 800 px', (count) => {
  const spec = pictureSpec([many(count)]);
  expect(Number(spec.height)).toBeLessThan(800);
  expect(rows(spec, count > 60 ? 'stacks0' : 'lanes0').length).toBeGreaterThan(0);
  expect(rows(spec, count > 60 ? 'lanes0' : 'stacks0')).toEqual([]);
});

test('no text is wider than its space', () => {
  const long = 'registry.example/a/very/long/path/to/an/image/of/a/service:v2'.repeat(4);
  const base = timelineOf([{ ...lane('aaa', 'old', '-1 ready'), image: long, pod: long }], {
    changes: [{ at: 0, description: long }],
  });
  const spec = pictureSpec([base]);
  for (const [name, size, room] of [
    ['words0', 12, FRAME.left + FRAME.width + FRAME.right],
    ['groups0', 12, FRAME.width],
    ['names0', 10, FRAME.left],
  ] as const) {
    for (const { text } of rows(spec, name))
      expect(estimateWidth(String(text), size)).toBeLessThanOrEqual(room);
  }
});

test('a timeline that has not settled is blank after its end', () => {
  const cut = { ...blueGreen, end: { at: 6, reason: 'interrupted' as const } };
  const ends = (spec: Spec): number => Math.max(...rows(spec, 'lanes0').map(({ to }) => Number(to)));
  expect(ends(pictureSpec([cut, outage]))).toBe(6);
  expect(ends(pictureSpec([{ ...cut, end: { at: 6, reason: 'settled' } }, outage]))).toBe(10);
});

test('the load chart has a bar per version and second, and a line per failed request', () => {
  const load = {
    url: 'http://127.0.0.1/',
    ratePerSecond: 10,
    sent: 20,
    answered: 19,
    failed: 1,
    seconds: [
      { at: 0, answered: { old: 10 }, failed: 0 },
      { at: 1, answered: { old: 4, new: 5 }, failed: 1 },
    ],
    failures: [{ at: 1.25, error: 'ECONNRESET' }],
  };
  const spec = pictureSpec([{ ...blueGreen, load }]);
  expect(new Set(rows(spec, 'load0').map(({ fill }) => fill)).size).toBe(3);
  expect(rows(spec, 'failures0')).toMatchObject([{ from: 1.25 }]);
});

test('a picture without timelines is rejected', () => {
  expect(() => pictureSpec([])).toThrow('at least one timeline');
});

test('an exceeded progress deadline is a line with a label', () => {
  const event = {
    kind: 'Deployment',
    name: 'web',
    reason: 'ProgressDeadlineExceeded',
    message: 'no progress',
  };
  const spec = pictureSpec([{ ...outage, events: [{ at: 1, ...event }] }]);
  expect(rows(spec, 'changes0')).toContainEqual(
    expect.objectContaining({ at: 1, text: 'progress deadline' }),
  );
  expect(rows(spec, 'instants0').some(({ at }) => at === 1)).toBe(true);
});
