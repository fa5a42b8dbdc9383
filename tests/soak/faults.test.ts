import type { Outcome } from '../kit/load/tally';
import { faultClaims, faultsOf } from './faults';
import { failure, lane, load, timeline } from './observed';
import type { Observed } from './soak';

const ends = lane('a', [-5, 'ready'], [10, 'crashed'], [11, 'unready'], [13, 'ready']);
const endsTwice = lane('a', [0, 'ready'], [5, 'crashed'], [8, 'ready'], [15, 'crashed'], [18, 'ready']);
const stays = lane('b', [-5, 'ready']);

const observed = (failures: Outcome[], refused: Outcome[] = [], pods = [ends, stays]): Observed => ({
  load: load(failures, refused),
  phases: [{ name: 'kill', timeline: timeline([[-5, 3]], pods) }],
});

const cut = (second: number, milliseconds?: number) => failure(second, 'ECONNRESET', milliseconds);
const refused = (second: number) => failure(second, 'ECONNREFUSED');

test.each<[string, Observed, costs: (readonly [cut: number, refused: number])[]]>([
  [
    'the process that ended',
    observed([cut(9.499, 2), cut(9.496, 5)], [refused(9.6), refused(10.4)]),
    [[2, 2]],
  ],
  [
    'the nearest of several faults',
    observed([cut(14.8)], [refused(4.9), refused(5.2)], [endsTwice]),
    [
      [0, 2],
      [1, 0],
    ],
  ],
])('attributes cut requests and refused connections to %s', (_what, seen, costs) => {
  expect(faultsOf(seen).map((fault) => [fault.cut.length, fault.refused.length])).toEqual(costs);
  expect(faultClaims(seen, costs.length).filter(({ holds }) => !holds)).toEqual([]);
});

test('all claims hold without any failure', () => {
  expect(faultClaims(observed([]), 1).map(({ holds }) => holds)).toEqual([true, true, true]);
});

const ENDS = /^2 processes end/;
const CUT = /^no request fails except/;
const REFUSED = /^connections are refused only until/;

test.each([
  ['fewer processes ended than claimed', observed([]), 2, ENDS],
  ['the cut requests were not in flight at one instant', observed([cut(9.5), cut(9.7)]), 1, CUT],
  ['a request was cut long before', observed([cut(2)]), 1, CUT],
  ['a request got a status', observed([failure(10, 'status 500')]), 1, CUT],
  ['a request was refused and never answered', observed([refused(10)]), 1, CUT],
  [
    'a connection is refused long after the pod was known to be unready',
    observed([], [refused(12)]),
    1,
    REFUSED,
  ],
  ['a connection is refused long before the fault', observed([], [refused(2)]), 1, REFUSED],
])('only its claim fails if %s', (_what, seen, count, claim) => {
  const failed = faultClaims(seen, count).filter(({ holds }) => !holds);
  expect(failed).toEqual([expect.objectContaining({ claim: expect.stringMatching(claim) as string })]);
});
