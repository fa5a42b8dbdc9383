import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import type { Load } from './load';

/** Prints what autocannon observes of a load, given as JSON. Its own command line cannot send a binary body. */
async function saturate(json: string): Promise<Load> {
  const options = JSON.parse(json) as autocannon.Options & { body: string };
  const result = await autocannon({ ...options, method: 'POST', body: readFileSync(options.body) });
  const { requests, latency, non2xx, errors, duration } = result;
  if (non2xx > 0 || errors > 0 || requests.total === 0) {
    throw new Error(
      `${non2xx} of ${requests.total} responses were not 2xx; ${errors} requests had no response`,
    );
  }
  const { p50, p99, max } = latency;
  return { rate: requests.total / duration, responses: requests.total, p50, p99, max };
}

void saturate(process.argv[2] ?? '').then((load) => {
  console.log(JSON.stringify(load));
});
