import { hyperfine } from './measure';
import { atMost, type Topic } from './results';

const NAME = 'npm test';
const ROUNDS = 3;
const BECAUSE =
  'Most of the time goes into the processes that the tests start, HTTP requests and generated input; loading packages takes a sixth.';

export const topic: Topic = {
  id: 'tests',
  title: 'npm test',
  method: 'How long a developer waits for every test that needs nothing but Node.js.',
  measure: async () => {
    const rows = await hyperfine([{ name: NAME, ours: true, command: NAME }], { rounds: ROUNDS, unit: 's' });
    const tests = {
      id: 'tests',
      title: 'The tests that need no cluster',
      note: 'Three rounds, because each takes half a minute.',
      measures: { time: 'time, s' },
      rounds: ROUNDS,
      rows,
    };
    return { versions: {}, comparisons: [tests] };
  },
  aims: (figures) => [atMost(30, 's', '`npm test`', figures.median('tests.time', NAME), BECAUSE)],
};
