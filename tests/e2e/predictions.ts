import examples from '@online-inference/service/model/examples.json';
import type { Namespace } from '../kit/namespace';

/** What `/predict` answers for one patient. */
export interface Prediction {
  readonly label: number;
  readonly probability: number;
}

/** Patients, with the prediction of scikit-learn's model. */
export const EXAMPLES = examples.slice(0, 8);

/** Asks a pod for a prediction of each example. */
export function predictions(namespace: Namespace, pod: string): Promise<Prediction[]> {
  return Promise.all(
    EXAMPLES.map(({ patient }) => {
      const query = new URLSearchParams(
        Object.entries(patient).map(([name, value]): [string, string] => [name, String(value)]),
      );
      return namespace.ask<Prediction>(pod, `/predict?${query.toString()}`);
    }),
  );
}

/** Expects the predictions of scikit-learn's model. */
export function expectModelPredictions(answers: readonly Prediction[]): void {
  expect(answers.map(({ label }) => label)).toEqual(EXAMPLES.map(({ label }) => label));
  answers.forEach(({ probability }, i) => {
    expect(probability).toBeCloseTo(EXAMPLES[i]?.probability ?? NaN, 5);
  });
}
