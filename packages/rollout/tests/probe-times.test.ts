import { BackOff } from '../src/simulation/back-off';
import { livenessFailedAt, readyAt, startupOutcome } from '../src/simulation/probe-times';

const probe = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
const ticks = { from: 0, period: 10 };
const always = { from: 0, until: Infinity };

test('a container that answers from the start is ready as soon as it is seen to run', () => {
  expect(readyAt(probe, ticks, 1.5, 1.5, always)).toBe(1.5);
});

test('one that starts late is ready at the next tick, which the pod’s arrival set and not the container', () => {
  expect(readyAt(probe, ticks, 1.5, 1.5, { from: 12, until: Infinity })).toBe(20);
});

test('an initial delay puts readiness off to a tick after it', () => {
  expect(readyAt({ ...probe, initialDelaySeconds: 5 }, ticks, 1.5, 6, always)).toBe(10);
});

test('more successes take a period each', () => {
  expect(readyAt({ ...probe, successThreshold: 3 }, ticks, 1.5, 1.5, always)).toBe(20);
});

test('a startup probe is given up at its last failure, between N-1 and N periods after the start', () => {
  expect(startupOutcome(probe, ticks, 1.5, { from: 100, until: Infinity })).toEqual({ failedAt: 30 });
  expect(startupOutcome(probe, ticks, 1.5, { from: 29, until: Infinity })).toEqual({ succeededAt: 30 });
});

test('a liveness probe kills a late start that no startup probe holds it back from', () => {
  expect(livenessFailedAt(probe, ticks, 1.5, { from: 60, until: Infinity })).toBe(30);
  expect(livenessFailedAt(probe, ticks, 1.5, { from: 25, until: Infinity })).toBe(Infinity);
});

test('a hang is found at the last of its failures, each a timeout', () => {
  expect(livenessFailedAt(probe, ticks, 1.5, { from: 2, until: 34 })).toBe(61);
});

test('back-off: at once, then 10 s, twice as long each time, 300 s at the most', () => {
  const backOff = new BackOff();
  const waits = [0, 100, 200, 300, 400, 500, 600, 700].map((time) => {
    const wait = backOff.waitFor(time);
    backOff.next(time, time);
    return wait;
  });
  expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

test('back-off begins anew after ten minutes without an end', () => {
  const backOff = new BackOff();
  for (const time of [0, 20, 60]) backOff.next(time, time);
  expect(backOff.waitFor(60 + 600)).toBe(40);
  expect(backOff.waitFor(60 + 601)).toBe(0);
});
