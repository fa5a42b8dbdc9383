import examples from '../../../packages/service/model/examples.json';

/** One request, and what is a right answer to it. */
export interface Question {
  readonly name: QuestionName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /**
   * @returns the build that answered, where the answer tells it
   * @throws WrongAnswer that says what is wrong
   */
  readonly check: (answer: string) => string | undefined;
}

export type QuestionName = 'GET /predict' | 'POST …/infer' | 'GET /';

/** An answer came, and it is not the right one. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** Between scikit-learn in double precision and the service in single precision. */
const TOLERANCE = 1e-5;

type Example = (typeof examples)[number];

function expectExample({ probability, label }: Example, answered: unknown, decided: unknown): void {
  if (decided !== label || typeof answered !== 'number' || Math.abs(answered - probability) > TOLERANCE) {
    throw new WrongAnswer(
      `label ${String(decided)}, probability ${String(answered)} in place of ${label}, ${probability}`,
    );
  }
}

/** An answer's JSON. */
function fieldsOf(answer: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(answer)) as Record<string, unknown>;
  } catch {
    throw new WrongAnswer(`not JSON: ${answer.slice(0, 60)}`);
  }
}

function predict(example: Example): Question {
  const query = new URLSearchParams(
    Object.entries(example.patient).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return {
    name: 'GET /predict',
    method: 'GET',
    path: `/predict?${query.toString()}`,
    check: (answer) => {
      const { probability, label } = fieldsOf(answer);
      expectExample(example, probability, label);
      return undefined;
    },
  };
}

interface Output {
  readonly name: string;
  readonly data?: readonly unknown[];
}

function infer(example: Example, id: string): Question {
  const data = Object.values(example.patient);
  return {
    name: 'POST …/infer',
    method: 'POST',
    path: '/v2/models/heart-disease/infer',
    body: JSON.stringify({
      id,
      inputs: [{ name: 'features', shape: [1, data.length], datatype: 'FP32', data }],
    }),
    check: (answer) => {
      const fields = fieldsOf(answer);
      if (fields['id'] !== id) {
        throw new WrongAnswer(`id ${String(fields['id'])} in place of ${id}`);
      }
      const outputs = (fields['outputs'] ?? []) as readonly Output[];
      const of = (name: string) => outputs.find((output) => output.name === name)?.data?.[0];
      expectExample(example, of('probability'), of('label'));
      return undefined;
    },
  };
}

const about: Question = {
  name: 'GET /',
  method: 'GET',
  path: '/',
  check: (answer) => {
    const { name, build } = fieldsOf(answer);
    if (name !== 'online-inference' || typeof build !== 'string') {
      throw new WrongAnswer(`name ${String(name)}, build ${String(build)}`);
    }
    return build;
  },
};

/** Of five in a row, two ask for a prediction in either form, and one which build answers. */
export function question(turn: number): Question {
  const example = examples[turn % examples.length];
  if (!example || turn % 5 === 4) {
    return about;
  }
  return turn % 2 === 0 ? predict(example) : infer(example, String(turn));
}
