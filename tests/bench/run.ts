import { thisMachine } from './frame/machine';
import { writeReport, type Reported } from './frame/report';
import { save, saved } from './frame/results';
import type { Topic } from './frame/topic';
import { topics } from './topics';

/** `npm run bench [-- TOPIC …]`, or `-- --report` to make the report anew from what was saved. */
async function bench(args: readonly string[]): Promise<void> {
  const asked = args.filter((arg) => arg !== '--report');
  const unknown = asked.filter((arg) => !topics.some(({ id }) => id === arg));
  if (unknown.length > 0) {
    throw new Error(`no topic ${unknown.join(', ')}; there are ${topics.map(({ id }) => id).join(', ')}`);
  }
  const reported: Reported[] = [];
  for (const topic of topics.filter(({ id }) => asked.length === 0 || asked.includes(id))) {
    if (!args.includes('--report')) await measured(topic);
    const result = saved(topic.id);
    if (result) reported.push({ topic, result });
    await writeReport(reported);
  }
}

async function measured(topic: Topic): Promise<void> {
  const began = performance.now();
  save({ topic: topic.id, machine: thisMachine(), ...(await topic.measure()) });
  console.error(`${topic.id}: ${Math.round((performance.now() - began) / 1000)} s`);
}

bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
