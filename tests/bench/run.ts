import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { runMain, ToolError } from '../kit/tools';
import { page, topics } from './page';
import { readResults, thisMachine, writeResults } from './results';

const USAGE = `npm run bench [-- TOPIC …] [--report]

Measures the topics (default: all) and writes docs/benchmarks.json and docs/benchmarks.md.

  TOPIC      ${topics.map(({ id }) => id).join(', ')}
  --report   measure nothing; write docs/benchmarks.md from docs/benchmarks.json
`;

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const named = args.filter((arg) => arg !== '--report');
  const unknown = named.find((name) => !topics.some(({ id }) => id === name));
  if (unknown !== undefined) throw new ToolError(`unknown topic ${unknown}\n${USAGE}`);
  if (!args.includes('--report')) {
    for (const topic of topics.filter(({ id }) => named.length === 0 || named.includes(id))) {
      const measured = { day: new Date().toISOString().slice(0, 10), machine: thisMachine() };
      const results = { ...readResults(), [topic.id]: { ...measured, ...(await topic.measure()) } };
      await writeResults(results);
      // after each topic: `npm test`, which is one of them, holds the page to the results
      writePage();
    }
  }
  writePage();
}

function writePage(): void {
  writeFileSync(path.join(ROOT, 'docs/benchmarks.md'), page(readResults()));
}

runMain(() => main(process.argv.slice(2)));
