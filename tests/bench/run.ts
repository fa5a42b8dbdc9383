import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { ROOT } from '../kit/dist';
import { runMain } from '../kit/tools';
import { page, topics } from './page';
import { readResults, thisMachine, writeResults } from './results';

const program = new Command('npm run bench --')
  .description('Measures topics, and writes docs/benchmarks.json and docs/benchmarks.md.')
  .addArgument(new Argument('[topic...]', 'default: all').choices(topics.map(({ id }) => id)))
  .option('--report', 'measure nothing; write docs/benchmarks.md from docs/benchmarks.json');

function writePage(): void {
  writeFileSync(path.join(ROOT, 'docs/benchmarks.md'), page(readResults()));
}

runMain(async () => {
  const { args } = program.parse();
  const chosen = program.opts<{ report?: true }>().report
    ? []
    : topics.filter(({ id }) => args.length === 0 || args.includes(id));
  for (const topic of chosen) {
    const measured = { day: new Date().toISOString().slice(0, 10), machine: thisMachine() };
    await writeResults({ ...readResults(), [topic.id]: { ...measured, ...(await topic.measure()) } });
    // after each topic: `npm test`, which is one of them, holds the page to the results
    writePage();
  }
  writePage();
});
