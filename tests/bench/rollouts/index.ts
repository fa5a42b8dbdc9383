import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison, Topic } from '../frame/topic';
import { sizeName, speedOfPredictions } from './speed';
import { LEAST, RECORDED, STRATEGIES, timeOfRollouts } from './time';

const LARGEST = sizeName(5000);

export const topic: Topic = {
  id: 'rollouts',
  title: 'Rollouts',
  method: `
How long a rollout takes is not measured here, but read from the committed recordings of real clusters
([docs/evidence](evidence/)): from the change to the moment when new pods alone are left, all available, which is
what \`kubectl rollout status\` waits for. Beside them stand the predictions of the same change, by ten seeds. The least
possible is, for each wave of new pods, the image's start delay, one period of the readiness probe (1 s, the shortest
that Kubernetes has) and \`minReadySeconds\`.
`,
  measure: async () => ({
    comparisons: [...timeOfRollouts(), await speedOfPredictions()],
    versions: {},
  }),
  aims: (comparisons) => [
    ...STRATEGIES.map(({ id, title }) => timeAim(comparisons, id, title)),
    speedAim(comparisons),
  ],
};

function timeAim(comparisons: readonly Comparison[], id: string, title: string): Aim {
  return {
    what: `${title}: of the least possible time`,
    unit: '×',
    limit: 1.1,
    better: 'lower',
    measured: ratioOf(comparisonOf(comparisons, id), 'seconds', RECORDED, LEAST),
    because:
      `The rest of each wave: making the container (0.4 to 1.4 s) and the process's own start, less what the probe
      finds early.`.replace(/\s+/g, ' '),
  };
}

function speedAim(comparisons: readonly Comparison[]): Aim {
  const command = valuesOf(comparisonOf(comparisons, 'predict'), 'command', LARGEST);
  return {
    what: '`rollout predict` of 5,000 replicas, the whole command',
    unit: 's',
    limit: 1,
    better: 'lower',
    measured: spreadOf(command.map((milliseconds) => milliseconds / 1000)),
    because:
      'What the command takes for 3 replicas is the loading of its sources; the prediction itself takes a fifth of a second once its code is warm, and three times that in a new process.',
  };
}
