import { BackOff } from '../../src/simulation/back-off.ts';
import { findLivenessFailure, findReadyTime, runStartupProbe } from '../../src/simulation/probe-times.ts';

const probe = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
const ticks = { from: 0, period: 10 };
const STARTED_AT = 1.5;
const servingFrom = (from: number) => ({ from, until: Infinity });

describe('a container becomes ready', () => {
  test('as soon as the kubelet sees it run, if it serves from the start', () => {
    expect(findReadyTime(probe, ticks, STARTED_AT, STARTED_AT, servingFrom(0))).toBe(1.5);
  });

  test('at the next tick since the admission of the pod, if it serves later', () => {
    expect(findReadyTime(probe, ticks, STARTED_AT, STARTED_AT, servingFrom(12))).toBe(20);
  });

  test('at the first tick after initialDelaySeconds', () => {
    expect(findReadyTime({ ...probe, initialDelaySeconds: 5 }, ticks, STARTED_AT, 6, servingFrom(0))).toBe(
      10,
    );
  });

  test('a period later for each further success of successThreshold', () => {
    expect(
      findReadyTime({ ...probe, successThreshold: 3 }, ticks, STARTED_AT, STARTED_AT, servingFrom(0)),
    ).toBe(20);
  });
});

test('a startup probe fails at its last failure, between N-1 and N periods after the start', () => {
  expect(runStartupProbe(probe, ticks, STARTED_AT, servingFrom(100))).toEqual({ failedAt: 30 });
  expect(runStartupProbe(probe, ticks, STARTED_AT, servingFrom(29))).toEqual({ succeededAt: 30 });
});

test('a liveness probe kills a container that starts late, without a startup probe', () => {
  expect(findLivenessFailure(probe, ticks, STARTED_AT, servingFrom(60))).toBe(30);
  expect(findLivenessFailure(probe, ticks, STARTED_AT, servingFrom(25))).toBe(Infinity);
});

test('a liveness probe detects a hang at its last failure, each of which takes the timeout', () => {
  expect(findLivenessFailure(probe, ticks, STARTED_AT, { from: 2, until: 34 })).toBe(61);
});

describe('the back-off of restarts', () => {
  test('is 0 s at first, then 10 s, doubles each time, and is at most 300 s', () => {
    const backOff = new BackOff();
    const waits = [0, 100, 200, 300, 400, 500, 600, 700].map((time) => {
      const wait = backOff.waitFor(time);
      backOff.next(time, time);
      return wait;
    });
    expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  });

  test('expires after ten minutes', () => {
    const backOff = new BackOff();
    for (const time of [0, 20, 60]) backOff.next(time, time);
    expect(backOff.waitFor(60 + 600)).toBe(40);
    expect(backOff.waitFor(60 + 601)).toBe(0);
  });
});
