import { setTimeout as sleep } from 'node:timers/promises';
import { LoadGenerator } from '../../src/record/load-generator.ts';
import { served } from './server.ts';
import { identityOf } from '../../src/record/identity.ts';
import { loadReport, type LoadAnswer } from '../../src/record/load-report.ts';
import { controller, pod, recordingOf, timeline } from './kubernetes-objects.ts';
import { waitUntilReachable } from '../../src/record/reachable.ts';

describe('LoadGenerator', () => {
  test('sends requests at a constant rate, half of them on new connections, whether or not they succeed', async () => {
    let asked = 0;
    const connections = new Set<number | undefined>();
    const { port, close } = await served((request, response) => {
      asked += 1;
      connections.add(request.socket.remotePort);
      if (asked % 10 === 0) request.socket.destroy();
      else if (asked % 10 === 5) response.writeHead(503).end();
      else response.end('{"version":"1"}');
    });
    let now = 0;
    const load = new LoadGenerator({ url: `http://127.0.0.1:${port}/`, rate: 100 }, () => now);
    for (; now < 1; now += 0.1) await sleep(12);
    const answers = await load.stop();
    close();

    expect(answers.length).toBeGreaterThanOrEqual(80);
    expect(answers.length).toBeLessThanOrEqual(100);
    const errors = answers.flatMap(({ error }) => error ?? []);
    expect(load.progress).toEqual({ answered: answers.length - errors.length, failed: errors.length });
    expect(errors.some((error) => error.startsWith('HTTP 503'))).toBe(true);
    expect(errors.some((error) => error.startsWith('ECONNRESET'))).toBe(true);
    expect(answers.some(({ identity }) => identity === '1')).toBe(true);
    expect(connections.size).toBeGreaterThan(answers.length / 3);
  });

  test('counts a failure for every request if nothing listens', async () => {
    let now = 0;
    const load = new LoadGenerator({ url: 'http://127.0.0.1:1/', rate: 10 }, () => now);
    now = 1;
    await sleep(30);
    const answers = await load.stop();
    expect(answers.map(({ error }) => error?.slice(0, 12))).toEqual(Array(10).fill('ECONNREFUSED'));
  });
});

describe('the report of a load', () => {
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
});

describe('waitUntilReachable', () => {
  test('sends requests until one succeeds, each from another port below the ephemeral ports', async () => {
    const ports: number[] = [];
    const { port, close } = await served((request, response) => {
      ports.push(request.socket.remotePort ?? 0);
      response.writeHead(ports.length < 3 ? 503 : 200).end();
    });
    expect(await waitUntilReachable(`http://127.0.0.1:${port}/`, 5000)).toBe(true);
    close();
    expect(ports).toHaveLength(3);
    expect(new Set(ports).size).toBe(3);
    expect(ports.every((from) => from >= 20_000 && from < 30_000)).toBe(true);
  });

  test('gives up when the time is over', async () => {
    expect(await waitUntilReachable('http://127.0.0.1:1/', 120)).toBe(false);
  });
});
