import type { HttpRequest } from '@online-inference/rollout/load';
import examples from '@online-inference/service/model/examples.json';

/** A request, and how to check its answer. */
export interface Question extends HttpRequest {
  readonly name: string;
  /**
   * Checks the fields of an answer.
   *
   * @returns the build that answered, where the answer names it
   * @throws Error that says what is wrong
   */
  readonly check: (fields: Readonly<Record<string, unknown>>) => string | undefined;
}

/** Largest difference between scikit-learn in double precision and the service in single precision. */
const TOLERANCE = 1e-5;

type Example = (typeof examples)[number];

function expectPrediction({ probability, label }: Example, actualProbability: unknown, actualLabel: unknown) {
  if (actualLabel !== label || !(Math.abs(Number(actualProbability) - probability) <= TOLERANCE)) {
    throw new Error(
      `expected label ${label}, probability ${probability}; got label ${String(actualLabel)}, probability ${String(actualProbability)}`,
    );
  }
}

/** Returns the question for the prediction of one patient, in the service's own form. */
export function predict(example: Example): Question {
  const query = new URLSearchParams(
    Object.entries(example.patient).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return {
    name: 'GET /predict',
    path: `/predict?${query.toString()}`,
    check: ({ probability, label }) => {
      expectPrediction(example, probability, label);
      return undefined;
    },
  };
}

interface Tensor {
  readonly name: string;
  readonly data: readonly unknown[];
}

function infer(example: Example, id: string): Question {
  const data = Object.values(example.patient);
  const inputs = [{ name: 'features', shape: [1, data.length], datatype: 'FP32', data }];
  return {
    name: 'POST …/infer',
    method: 'POST',
    path: '/v2/models/heart-disease/infer',
    body: JSON.stringify({ id, inputs }),
    check: (fields) => {
      if (fields['id'] !== id) {
        throw new Error(`expected id ${id}; got ${String(fields['id'])}`);
      }
      const outputs = fields['outputs'] as readonly Tensor[];
      const of = (name: string) => outputs.find((output) => output.name === name)?.data[0];
      expectPrediction(example, of('probability'), of('label'));
      return undefined;
    },
  };
}

const about: Question = {
  name: 'GET /',
  path: '/',
  check: ({ name, build }) => {
    if (name !== 'online-inference' || typeof build !== 'string') {
      throw new Error(`expected a name and a build; got ${String(name)}, ${String(build)}`);
    }
    return build;
  },
};

/** Returns a question: of five in a row, four are predictions in both forms, and one asks for the build. */
export function question(turn: number): Question {
  const example = examples[turn % examples.length];
  if (!example || turn % 5 === 4) {
    return about;
  }
  return turn % 2 === 0 ? predict(example) : infer(example, String(turn));
}
