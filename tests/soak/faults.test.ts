import type { Failure, Noted } from '../kit/load/tally';
import { faultClaims, faultsOf } from './faults';
import { failure, lane, load, timeline } from './observed';
import type { Observed } from './soak';

const ends = lane('a', [-5, 'ready'], [10, 'crashed'], [11, 'unready'], [13, 'ready']);
const stays = lane('b', [-5, 'ready']);

const observed = (failures: Failure[], refused: Noted[] = [], pods = [ends, stays]): Observed => ({
  load: load(failures, refused),
  phases: [{ name: 'kill', timeline: timeline([[-5, 3]], pods) }],
});

const cut = (second: number, milliseconds?: number) => failure(second, 'ECONNRESET', milliseconds);
const refused = (second: number) => failure(second, 'ECONNREFUSED');

const holding = (seen: Observed, count = 1): boolean[] => faultClaims(seen, count).map(({ holds }) => holds);
const costs = (seen: Observed) => faultsOf(seen).map((fault) => [fault.cut.length, fault.refused.length]);

test('attributes cut requests and refused connections to the process that ended', () => {
  const seen = observed([cut(9.499, 2), cut(9.496, 5)], [refused(9.6), refused(10.4)]);
  expect(costs(seen)).toEqual([[2, 2]]);
  expect(holding(seen)).toEqual([true, true, true]);
});

test('holds without any failure', () => {
  expect(holding(observed([]))).toEqual([true, true, true]);
});

test('fails if fewer processes ended than claimed', () => {
  expect(holding(observed([]), 2)).toEqual([false, true, true]);
});

test('fails if the cut requests were not in flight at one instant', () => {
  expect(holding(observed([cut(9.5), cut(9.7)]))).toEqual([true, false, true]);
});

test.each([
  ['was cut long before', cut(2)],
  ['got a status', failure(10, 'status 500')],
  ['was refused and never answered', refused(10)],
])('fails if a request %s', (_how, one) => {
  expect(holding(observed([one]))).toEqual([true, false, true]);
});

test.each([
  ['long after the pod was known to be unready', 12],
  ['long before the fault', 2],
])('fails if a connection is refused %s', (_when, second) => {
  expect(holding(observed([], [refused(second)]))).toEqual([true, true, false]);
});

test('attributes each failure to the nearest of several faults', () => {
  const twice = lane('a', [0, 'ready'], [5, 'crashed'], [8, 'ready'], [15, 'crashed'], [18, 'ready']);
  const seen = observed([cut(14.8)], [refused(4.9), refused(5.2)], [twice]);
  expect(costs(seen)).toEqual([
    [0, 2],
    [1, 0],
  ]);
  expect(holding(seen, 2)).toEqual([true, true, true]);
});
