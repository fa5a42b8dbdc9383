import { describeSeveral } from '../draw/describe-several.ts';
import { readWorkloads } from '../manifest/read-manifest.ts';
import type { PredictOptions } from '../predict/options.ts';
import type { Predictions } from '../predict/several.ts';
import { judge, type ExpectFlags } from './expect-flags.ts';
import type { PredictFlags } from './predict-flags.ts';
import { writeOutput, type Terminal } from './terminal.ts';

/** Returns whether the file has several workloads and the options choose none. */
export function hasSeveral(yaml: string, { origin = 'manifest', name, namespace }: PredictOptions): boolean {
  return name === undefined && readWorkloads(yaml, origin, { namespace }).workloads.length > 1;
}

/** Prints the predictions of several workloads: a few lines each, or a list of timelines. */
export function printSeveral(
  { timelines, notPredicted }: Predictions,
  flags: PredictFlags & ExpectFlags,
  terminal: Terminal,
): void {
  const json = `${JSON.stringify(timelines, null, flags.output === undefined ? 0 : 1)}\n`;
  if (flags.output !== undefined) writeOutput(flags.output, json);
  for (const timeline of timelines) judge(timeline, flags, terminal);
  const lines = describeSeveral(timelines, notPredicted, flags.expect);
  terminal.stdout.write(flags.json ? json : `${lines.join('\n')}\n`);
}
