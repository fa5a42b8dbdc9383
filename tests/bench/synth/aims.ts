import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison } from '../frame/topic';

const OURS = 'node scripts/synth/run.cjs';

/** What the topic is to reach. */
export function aims(comparisons: readonly Comparison[]): Aim[] {
  const synth = comparisonOf(comparisons, 'synth');
  const watch = comparisonOf(comparisons, 'watch');
  const ratio = (name: string, to: string) => ratioOf(synth, 'time', name, to);
  return [
    {
      what: 'the command that `npm run synth` calls, of `helm template`',
      unit: '×',
      limit: 2,
      better: 'lower',
      measured: ratio(OURS, 'helm template'),
      because:
        "Node.js 20 that does nothing takes longer than all of helm; then each run loads cdk8s, runs its code cold, and writes the Helm chart and the predictions, which no peer makes: most of what is left is the interpreter's first pass over code, spread over all of it",
    },
    {
      what: 'the same on Node.js 24, which the image runs',
      unit: '×',
      limit: 2,
      better: 'lower',
      measured: ratio(`${OURS}, Node.js 24`, 'helm template'),
      because: 'the same work; only the start of Node.js is half as long',
    },
    {
      what: '`npx cdk8s synth`, of cdk8s-cli with an empty app',
      unit: '×',
      limit: 1.2,
      better: 'lower',
      measured: ratio('npx cdk8s synth', 'npx cdk8s synth, empty app'),
      because: 'the floor is npx, cdk8s-cli and a Node.js that makes a folder',
    },
    {
      what: 'from a save to its difference on the screen',
      unit: 'ms',
      limit: 500,
      better: 'lower',
      measured: spreadOf(valuesOf(watch, 'time', 'npm run watch')),
      because: 'well under half a second was asked for; nearly all of it is the command above',
    },
  ];
}
