import type { Backend } from '../../src/requests/endpoints.ts';
import { predictLoad } from '../../src/requests/load.ts';
import type { ProcessLife } from '../../src/simulation/process.ts';
import { defaultTimings } from '../../src/simulation/timings.ts';
import type { Load } from '../../src/index.ts';

const life = (fields: Partial<ProcessLife> = {}): ProcessLife => ({
  startedAt: -3600,
  listensAt: -3600,
  hangsAt: Infinity,
  endedAt: Infinity,
  drained: false,
  ...fields,
});

const ready: Backend['states'] = [{ at: -1, state: 'ready' }];

const backend = (lives: ProcessLife[], states: Backend['states'] = ready): Backend => ({
  version: 'old',
  states,
  lives,
});

const send = (...backends: Backend[]): Load => predict(backends, true);

const predict = (backends: Backend[], isDetailed: boolean): Load =>
  predictLoad(backends, {
    isDetailed,
    url: 'http://web/',
    ratePerSecond: 50,
    from: -3,
    to: 20,
    seed: 1,
    jitter: 0,
    timings: defaultTimings,
  });

const causes = ({ failures }: Load): string[] => [
  ...new Set(failures.map(({ error }) => error.replace(/ \(.*/, ''))),
];

test('all requests to a process that listens are answered', () => {
  expect(send(backend([life()]))).toMatchObject({ sent: 1150, answered: 1150, failed: 0, outages: [] });
});

test('without a pod, all requests are refused', () => {
  const load = send();
  expect(load).toMatchObject({ failed: 1150, outages: [{ from: 0, to: 20 }] });
  expect(causes(load)).toEqual(['ECONNREFUSED']);
});

test('a process that does not listen yet refuses connections', () => {
  const load = send(backend([life({ listensAt: 10 })]));
  expect(load).toMatchObject({ failed: 649, outages: [{ from: 0, to: 10 }] });
  expect(causes(load)).toEqual(['ECONNREFUSED']);
});

test('of two pods, one that does not listen refuses half of the new connections; kept-alive ones stay with the other', () => {
  const { failures, outages } = send(backend([life()]), backend([life({ listensAt: 10 })]));
  const refused = failures.filter(({ error }) => error === 'ECONNREFUSED (new connection)');
  expect(refused.length).toBeGreaterThan(120);
  expect(refused.length).toBeLessThan(205);
  expect(failures.length - refused.length).toBeLessThan(40);
  expect(outages).toEqual([]);
});

test('a process that hangs answers nothing, on new and on kept-alive connections', () => {
  const load = send(backend([life({ hangsAt: 10 })]));
  expect(load).toMatchObject({ failed: 501, outages: [{ from: 10, to: 20 }] });
  expect(causes(load)).toEqual(['no answer in 5 s']);
});

test('a process that is killed while it hangs resets its connections', () => {
  const load = send(backend([life({ hangsAt: 10, endedAt: 12 }), life({ startedAt: 13, listensAt: 13 })]));
  expect(causes(load)).toEqual(['ECONNRESET', 'ECONNREFUSED']);
  expect(load.outages).toEqual([{ from: 10, to: 13 }]);
});

test('a killed process takes the request in flight with it', () => {
  const next = life({ startedAt: 10.004, listensAt: 10.004 });
  expect(send(backend([life({ endedAt: 10.002 }), next])).failures).toEqual([
    { at: 10, error: 'ECONNRESET (new connection)' },
  ]);
});

test('a process that drains answers the request in flight', () => {
  const next = life({ startedAt: 10.004, listensAt: 10.004 });
  expect(send(backend([life({ endedAt: 10.002, drained: true }), next])).failed).toBe(0);
});

test('a deleted pod refuses connections until its network is gone; then there is no route to it', () => {
  const states: Backend['states'] = [...ready, { at: 4, state: 'terminating' }, { at: 12, state: 'gone' }];
  const load = send(backend([life({ endedAt: 10, drained: true })], states));
  const errors = load.failures.filter(({ at }) => at < 12).map(({ at, error }) => [at, error.split(' ')[0]]);
  expect(errors.filter(([, error]) => error === 'ECONNREFUSED').every(([at]) => Number(at) < 10.2)).toBe(
    true,
  );
  expect(errors.at(-1)?.[1]).toBe('EHOSTUNREACH');
  expect(load.outages).toEqual([{ from: 10, to: 20 }]);
});

test('counts failures of a second by cause', () => {
  const { seconds } = send(backend([life({ listensAt: 10 })]));
  expect(seconds.find(({ at }) => at === 5)).toEqual({
    at: 5,
    answered: {},
    failed: 50,
    causes: { ECONNREFUSED: 50 },
  });
  expect(seconds.find(({ at }) => at === 15)).toEqual({ at: 15, answered: { old: 50 }, failed: 0 });
});

test.each([
  ['a late start', [backend([life()]), backend([life({ listensAt: 10 })])]],
  ['a crash', [backend([life()]), backend([life({ endedAt: 10 }), life({ startedAt: 12, listensAt: 14 })])]],
  ['a hang', [backend([life({ hangsAt: 3, endedAt: 12 })]), backend([life()])]],
  ['an outage', [backend([life({ hangsAt: 3, endedAt: 12 })])]],
  ['no pod', []],
  [
    'a drain',
    [
      backend([life({ endedAt: 10, drained: true })], [...ready, { at: 4, state: 'terminating' }]),
      backend([life({ startedAt: 1, listensAt: 3 })], [{ at: 3, state: 'ready' }]),
    ],
  ],
])('counting fails as many requests as sending each: %s', (_, backends: Backend[]) => {
  const [counted, sent] = [predict(backends, false), predict(backends, true)];
  expect(counted.failed).toBe(sent.failed);
  expect(counted.failures[0]).toEqual(sent.failures[0]);
  expect(counted.outages).toEqual(sent.outages);
  const inSeconds = sent.seconds.flatMap(({ failed, answered }) => [failed, ...Object.values(answered)]);
  expect(inSeconds.reduce((sum, count) => sum + count, 0)).toBe(sent.sent);
  expect(sent.answered + sent.failed).toBe(sent.sent);
});
