import pc from 'picocolors';
import { formatElapsed, frame, summary, type Scene } from '../../src/commands/record/view.ts';
import type { LivePod } from '../../src/record/recording.ts';

const live = (count: number, version: 'old' | 'new', state: LivePod['state']): LivePod[] =>
  Array.from({ length: count }, (_, index) => ({ pod: `${version}-${index}`, version, state, since: 0 }));
const scene = (pods: readonly LivePod[]): Scene => ({
  title: 'Deployment web, image web:v2',
  elapsed: 4.25,
  pods,
  now: 10,
  notes: ['load: 5 answered, 0 failed'],
});
const plain = pc.createColors(false);

test('a frame fits the terminal with any number of pods', () => {
  for (const [columns, rows, pods] of [
    [80, 24, 3],
    [40, 10, 1000],
    [200, 50, 60],
  ] as const) {
    const lines = frame(scene(live(pods, 'old', 'ready')), columns, rows, plain);
    expect(lines.length).toBeLessThan(rows);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  }
});

test('a frame shows the time, the pods of both versions by state, every pod and the notes', () => {
  const lines = frame(
    scene([...live(2, 'old', 'terminating'), ...live(1, 'new', 'crashed')]),
    100,
    24,
    plain,
  );
  expect(lines[0]).toContain('+4.3 s');
  expect(lines[1]).toContain('old  2 terminating');
  expect(lines[2]).toContain('new  1 crashed');
  expect(lines.filter((line) => / (old|new)-\d/.test(line))).toHaveLength(3);
  expect(lines.at(-1)).toContain('load: 5 answered');
});

test('a summary shows the pods of both versions in one line', () => {
  expect(summary([...live(2, 'old', 'ready'), ...live(1, 'new', 'pending')])).toBe(
    'old 2 ready | new 1 pending',
  );
  expect(summary([])).toBe('old none | new none');
  expect([formatElapsed(undefined), formatElapsed(-1.04), formatElapsed(2)]).toEqual([
    'before',
    '-1.0 s',
    '+2.0 s',
  ]);
});
