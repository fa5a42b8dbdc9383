import { identityOf } from '../../src/record/identity';
import { loadReport, type LoadAnswer } from '../../src/record/load-report';
import { controller, pod, recordingOf, timeline } from './kubernetes-objects';

// the old pod goes 3 seconds after the change
const base = timeline(
  recordingOf(
    controller(),
    [0, controller({ kind: 'ReplicaSet', name: 'rs-old', owner: 'web' })],
    [0, pod({ life: 'ready' })],
    [10, controller({ env: '2' })],
    [13, pod(), 'DELETED'],
  ),
);
const report = (...answers: LoadAnswer[]) => loadReport('http://127.0.0.1/', 10, answers, base);

describe('the version of an answer', () => {
  test('is old if its identity was seen before the change, and new if it appeared later', () => {
    const { seconds } = report(
      { at: -1, identity: 'v1' },
      { at: 0.5, identity: 'v1' },
      { at: 0.7, identity: 'v2' },
    );
    expect(seconds).toEqual([
      { at: -1, answered: { old: 1 }, failed: 0 },
      { at: 0, answered: { old: 1, new: 1 }, failed: 0 },
    ]);
  });

  test('is unknown if the answer has no identity, or if the identity is the same before and after', () => {
    const { seconds } = report({ at: -1, identity: 'v1' }, { at: 5, identity: 'v1' }, { at: 5.1 });
    expect(seconds.map(({ answered }) => answered)).toEqual([{ unknown: 1 }, { unknown: 2 }]);
  });
});

test('counts every failure, and lists the failures in order of time', () => {
  const failed = report({ at: 2, error: 'late' }, { at: 1, error: 'early' }, { at: 1.5, identity: 'v2' });
  expect(failed).toMatchObject({ sent: 3, answered: 1, failed: 2, ratePerSecond: 10 });
  expect(failed.failures).toEqual([
    { at: 1, error: 'early' },
    { at: 2, error: 'late' },
  ]);
});

describe('identityOf', () => {
  const table: [string, string | undefined, string | undefined][] = [
    ['{"name":"web","version":"1.0.0","build":"v2"}', undefined, '1.0.0 v2'],
    ['{"status":{"release":7}}', '/status/release', '7'],
    ['{"a/b":{"~":"x"}}', '/a~1b/~0', 'x'],
    ['{"version":"1"}', '/nothing', undefined],
    ['hello', undefined, 'header'],
    ['hello', 'X-Other', 'other'],
  ];
  test.each(table)('of %s with versionPath %s is %s', (body, path, identity) => {
    expect(identityOf({ 'x-version': 'header', 'x-other': 'other' }, body, path)).toBe(identity);
  });
});
