import { costs, faultClaims } from './faults';
import type { Observed } from './scenario';
import type { Failure, Noted } from '../kit/load/tally';
import { failure, lane, load, timeline } from './observed';

const ends = lane('a', [-5, 'ready'], [10, 'crashed'], [11, 'unready'], [13, 'ready']);
const stays = lane('b', [-5, 'ready']);

const seen = (failures: Failure[], refused: Noted[] = []): Observed => ({
  load: load(failures, refused),
  phases: [{ name: 'kill', timeline: timeline([[-5, 3, 0]], [ends, stays]) }],
});

const cut = (second: number, milliseconds?: number) => failure(second, 'ECONNRESET', milliseconds);
const refused = (second: number) => failure(second, 'ECONNREFUSED');

const holding = (observed: Observed, count = 1): boolean[] =>
  faultClaims(observed, count).map(({ holds }) => holds);

const costing = (observed: Observed) => costs(observed).map((cost) => [cost.cut.length, cost.refused.length]);

test('a process that ends costs what was under way in it, and connections until its pod is taken out', () => {
  const observed = seen([cut(9.499, 2), cut(9.496, 5)], [refused(9.6), refused(10.4)]);
  expect(costing(observed)).toEqual([[2, 2]]);
  expect(holding(observed)).toEqual([true, true, true]);
});

test('without any failure the claims hold as well', () => {
  expect(holding(seen([]))).toEqual([true, true, true]);
});

test('a process that did not end is a claim that failed', () => {
  expect(holding(seen([]), 2)).toEqual([false, true, true]);
});

test('cut requests that were not under way at one instant were not lost to one end of a process', () => {
  expect(holding(seen([cut(9.5), cut(9.7)]))).toEqual([true, false, true]);
});

test.each([
  ['cut long before', cut(2)],
  ['of another kind', failure(10, 'status 500')],
  ['refused, and never answered', refused(10)],
])('a request that failed, %s, was not under way in the process as it ended', (_how, one) => {
  expect(holding(seen([one]))).toEqual([true, false, true]);
});

test.each([
  ['long after the pod was known not to be ready', 12],
  ['long before', 2],
])('a connection that is refused %s is not the fault of its process', (_when, second) => {
  expect(holding(seen([], [refused(second)]))).toEqual([true, true, false]);
});

test('each fault has what is nearest to it', () => {
  const twice = lane('a', [0, 'ready'], [5, 'crashed'], [8, 'ready'], [15, 'crashed'], [18, 'ready']);
  const observed: Observed = {
    load: load([cut(14.8)], [refused(4.9), refused(5.2)]),
    phases: [{ name: 'crashes', timeline: timeline([[0, 1, 0]], [twice]) }],
  };
  expect(costing(observed)).toEqual([
    [0, 2],
    [1, 0],
  ]);
  expect(holding(observed, 2)).toEqual([true, true, true]);
});
