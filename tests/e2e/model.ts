import examples from '../../packages/service/model/examples.json';
import type { Namespace } from '../kit/namespace';

/** What `/predict` answers for one patient. */
export interface Prediction {
  readonly label: number;
  readonly probability: number;
}

/** Patients, and what scikit-learn's model says of them. */
export const EXAMPLES = examples.slice(0, 8);

/** A pod's predictions for the examples, one request each. */
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
