import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison } from '../frame/topic';

const OURS = 'node synth/run.cjs';

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
    },
    {
      what: 'the same on Node.js 24, which the image runs',
      unit: '×',
      limit: 2,
      better: 'lower',
      measured: ratio(`${OURS}, Node.js 24`, 'helm template'),
    },
    {
      what: '`npx cdk8s synth`, of cdk8s-cli with an empty app',
      unit: '×',
      limit: 1.2,
      better: 'lower',
      measured: ratio('npx cdk8s synth', 'npx cdk8s synth, empty app'),
    },
    {
      what: 'from a save to its difference on the screen',
      unit: 'ms',
      limit: 250,
      better: 'lower',
      measured: spreadOf(valuesOf(watch, 'time', 'npm run watch')),
    },
  ];
}
