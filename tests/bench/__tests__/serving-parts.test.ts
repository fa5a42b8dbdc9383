import { parted } from '../serving/comparisons';

test('a round is taken apart by comparison, each with those who were measured in it', () => {
  const both = { 'steady.p50': 1, 'steady.p99': 2 };
  const parts = parted({
    rows: [
      { name: 'online-inference', ours: true, runs: [{ ...both, 'start.first': 200 }] },
      { name: 'peer', ours: false, runs: [both] },
    ],
  });
  const rows = (id: string) => parts.find((part) => part.id === id)?.rows;
  expect(rows('steady')?.map(({ name, runs }) => [name, runs])).toEqual([
    ['online-inference', [{ p50: 1, p99: 2 }]],
    ['peer', [{ p50: 1, p99: 2 }]],
  ]);
  expect(rows('start')).toEqual([{ name: 'online-inference', ours: true, runs: [{ first: 200 }] }]);
  expect(rows('predict-1')).toEqual([]);
});
