import { thisMachine } from './frame/machine';
import { writeReport, type Reported } from './frame/report';
import { save, saved } from './frame/results';
import { topics } from './topics';

/** `npm run bench [-- TOPIC …]`, or `-- --report` to make the report anew from what was saved. */
async function bench(args: readonly string[]): Promise<void> {
  const known = Object.keys(topics);
  const asked = args.filter((arg) => arg !== '--report');
  const unknown = asked.filter((arg) => !known.includes(arg));
  if (unknown.length > 0) {
    throw new Error(`no topic ${unknown.join(', ')}; there are ${known.join(', ')}`);
  }
  const reported: Reported[] = [];
  for (const id of asked.length > 0 ? asked : known) {
    const began = performance.now();
    const { topic } = await load(id);
    if (!args.includes('--report')) {
      save({ topic: id, machine: thisMachine(), ...(await topic.measure()) });
      console.error(`${id}: ${Math.round((performance.now() - began) / 1000)} s`);
    }
    const result = saved(id);
    if (result) reported.push({ topic, result });
    await writeReport(reported);
  }
}

async function load(id: string) {
  const topic = topics[id];
  if (!topic) throw new Error(`no topic ${id}`);
  return topic();
}

bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
