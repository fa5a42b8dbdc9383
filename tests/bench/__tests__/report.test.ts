import { figure } from '../frame/markdown';
import { between, reportOf } from '../frame/report';
import type { Result } from '../frame/results';
import { comparisonOf, ratioOf } from '../frame/spread';
import type { Topic } from '../frame/topic';

const result: Result = {
  topic: 'greeting',
  machine: { cpu: 'Z80', cores: 2, memoryGiB: 24, system: 'CP/M 3', node: '20.19.0', day: '2025-01-31' },
  versions: { flask: '3.1.0' },
  comparisons: [
    {
      id: 'start',
      title: 'Start',
      base: 'ours',
      measures: [{ id: 'time', title: 'to the end', unit: 'ms', better: 'lower' }],
      rows: [
        { name: 'ours', ours: true, runs: [{ time: 10 }, { time: 12 }] },
        { name: 'Flask', ours: false, runs: [{ time: 40 }, { time: 36 }] },
        { name: 'slow', ours: false, runs: [], absent: 'one run takes more than 30 s' },
      ],
    },
  ],
};

const topic: Topic = {
  id: 'greeting',
  title: 'Greeting',
  method: 'From exec to exit.',
  measure: () => Promise.reject(new Error('not asked for')),
  aims: (comparisons) =>
    [0.5, 0.1].map((limit) => ({
      what: 'ours, of Flask',
      unit: '×',
      limit,
      better: 'lower',
      measured: ratioOf(comparisonOf(comparisons, 'start'), 'time', 'ours', 'Flask'),
    })),
};

const PAGE = `# Page
<!-- bench:greeting:aims -->
old
<!-- /bench:greeting:aims -->
prose
<!-- bench:greeting -->
<!-- /bench:greeting -->
`;

test('each aim is a line that says whether it is met', () => {
  const page = reportOf(PAGE, [{ topic, result }]);
  expect(page).toContain('| ours, of Flask | at most 0.5 × | 0.292 (0.25–0.333) × | yes |  |');
  expect(page).toContain('| ours, of Flask | at most 0.1 × | 0.292 (0.25–0.333) × | **no** |  |');
  expect(page).not.toContain('old');
  expect(page).toContain('prose');
});

test('each contender is a line with its spread and its ratio to ours, or the reason why it is left out', () => {
  const page = reportOf(PAGE, [{ topic, result }]);
  expect(page).toContain('| **ours** | 11 (10–12) | 1 |');
  expect(page).toContain('| Flask | 38 (36–40) | 3.5 (3–4) |');
  expect(page).toContain('| slow | one run takes more than 30 s |  |');
});

test('the machine, the versions, the picture and the runs behind it are named', () => {
  const page = reportOf(PAGE, [{ topic, result }]);
  expect(page).toContain('| 2 rounds | to the end, ms | ÷ ours |');
  expect(page).toContain(
    '2025-01-31, 2 cores of Z80, 24 GiB, CP/M 3, Node.js 20.19.0, flask 3.1.0. All runs: ' +
      '[bench/results/greeting.json](../bench/results/greeting.json).',
  );
  expect(page).toContain('### Start\n\n![Start](benchmarks/greeting-start.svg)');
});

test('a page without the marks is refused', () => {
  expect(() => between('# Page', 'greeting', '')).toThrow(
    'docs/benchmarks.md has no <!-- bench:greeting --> … <!-- /bench:greeting -->',
  );
});

test.each([
  [0.12345, '0.123'],
  [9.876, '9.88'],
  [98.76, '98.8'],
  [987.6, '988'],
  [12_345.6, '12,346'],
  [0, '0'],
])('%d is told as %s', (value, told) => {
  expect(figure(value)).toBe(told);
});
