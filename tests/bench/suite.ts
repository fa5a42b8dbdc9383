import { hyperfine } from './measure';
import { medianOf, type Comparison, type Topic } from './results';

const NAME = 'npm test';
const MEASURES = [{ id: 'time', title: 'time', unit: 's' }];

/** Neither TypeScript nor Jest finds what an earlier run cached. */
const WITHOUT_CACHE =
  'rm -f node_modules/.cache/tsconfig.tsbuildinfo && npm test -- --cacheDirectory "$(mktemp --directory)"';

async function measure(): ReturnType<Topic['measure']> {
  const once = { warmups: 0, unit: 's' } as const;
  const again: Comparison = {
    id: 'tests',
    title: 'The tests that need no cluster',
    note: 'Three rounds, because each takes half a minute.',
    measures: MEASURES,
    rounds: 3,
    base: NAME,
    rows: await hyperfine([{ name: NAME, ours: true, command: 'npm test' }], { ...once, rounds: 3 }),
  };
  const first: Comparison = {
    id: 'first',
    title: 'The first run',
    note: 'One round. Neither Jest nor TypeScript has a cache.',
    measures: MEASURES,
    rounds: 1,
    base: NAME,
    rows: await hyperfine([{ name: NAME, ours: true, command: WITHOUT_CACHE }], { ...once, rounds: 1 }),
  };
  return { comparisons: [again, first], versions: {} };
}

export const topic: Topic = {
  id: 'tests',
  title: 'npm test',
  method: 'How long a developer waits for every test that needs nothing but Node.js.',
  measure,
  aims: (comparisons) => [
    {
      what: '`npm test`',
      unit: 's',
      limit: 30,
      better: 'lower',
      measured: medianOf(comparisons, 'tests', 'time', NAME),
      because:
        'Most of the time goes into the processes that the tests start, HTTP requests and generated input; loading packages takes a sixth.',
    },
  ],
};
