import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import examples from '@online-inference/service/model/examples.json';

export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Response {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A form of request for predictions. */
export interface Kind {
  readonly id: string;
  readonly title: string;
  readonly encoding: 'predict' | 'v2-json' | 'v2-binary';
  readonly batch: number;
}

const ENCODINGS = {
  predict: '/predict, JSON',
  'v2-json': 'v2 infer, JSON',
  'v2-binary': 'v2 infer, binary tensors',
} as const;

export const KINDS: readonly Kind[] = [1, 32].flatMap((batch) =>
  (['predict', 'v2-json', 'v2-binary'] as const).map((encoding) => ({
    id: `${encoding}-${batch}`,
    title: `${ENCODINGS[encoding]}, ${batch === 1 ? 'one patient' : `${batch} patients`}`,
    encoding,
    batch,
  })),
);

/** How far a probability may be from the one that scikit-learn gave when the model was exported. */
export const TOLERANCE = 1e-5;

/** Returns as many patients as the batch has: the examples, repeated. */
export function patientsOf({ batch }: Kind): typeof examples {
  return Array.from({ length: Math.ceil(batch / examples.length) }, () => examples)
    .flat()
    .slice(0, batch);
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Returns a request with one patient as an object, several as a list. */
export function predictRequest(kind: Kind, path: string): Request {
  const patients = patientsOf(kind).map(({ patient }) => patient);
  return {
    path,
    headers: JSON_TYPE,
    body: Buffer.from(JSON.stringify(kind.batch === 1 ? patients[0] : patients)),
  };
}

/**
 * Returns an inference request of the Open Inference Protocol for one output.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function inferRequest(kind: Kind, output: string): Request {
  const values = patientsOf(kind).flatMap(({ patient }) => Object.values(patient));
  const binary = kind.encoding === 'v2-binary';
  const data = Buffer.from(Float32Array.from(values).buffer);
  const elements = binary ? { parameters: { binary_data_size: data.length } } : { data: values };
  const json = Buffer.from(
    JSON.stringify({
      inputs: [
        { name: 'features', shape: [kind.batch, values.length / kind.batch], datatype: 'FP32', ...elements },
      ],
      outputs: [{ name: output, parameters: { binary_data: binary } }],
    }),
  );
  const headers = {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': String(json.length),
  };
  return {
    path: '/v2/models/heart-disease/infer',
    ...(binary ? { headers, body: Buffer.concat([json, data]) } : { headers: JSON_TYPE, body: json }),
  };
}

interface Tensor {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data?: readonly number[];
}

/** Returns the probabilities in a response to `kind`. */
export function probabilitiesIn({ encoding }: Kind, { headers, body }: Response): number[] {
  if (encoding === 'predict') {
    return [JSON.parse(body.toString()) as { probability: number }]
      .flat()
      .map(({ probability }) => probability);
  }
  const length = headers['inference-header-content-length'];
  const end = typeof length === 'string' ? Number(length) : body.length;
  const { outputs } = JSON.parse(body.subarray(0, end).toString()) as { outputs: [Tensor] };
  const [{ datatype, shape, data }] = outputs;
  const bytes = Uint8Array.from(body.subarray(end)).buffer;
  const values = data?.flat() ?? [
    ...(datatype === 'FP64' ? new Float64Array(bytes) : new Float32Array(bytes)),
  ];
  // An output of shape [N, 2] holds the probability of label 0 first.
  return shape[1] === 2 ? values.filter((_, index) => index % 2 === 1) : values;
}

/** @throws Error with the first probability that is wrong */
export function checkProbabilities(contender: string, kind: Kind, found: readonly number[]): void {
  const wanted = patientsOf(kind).map(({ probability }) => probability);
  const wrong = wanted.findIndex((value, index) => !(Math.abs((found[index] ?? NaN) - value) <= TOLERANCE));
  if (wrong >= 0 || found.length !== wanted.length) {
    throw new Error(
      `${contender} answers ${kind.id} with ${found.length} probabilities for ${wanted.length} patients; ` +
        `patient ${wrong} has ${String(found[wrong])}, not ${String(wanted[wrong])}`,
    );
  }
}

/**
 * Sends a POST request on a connection of its own.
 *
 * @throws Error unless the status is 200
 */
export async function post(url: string, { path, headers, body }: Request): Promise<Response> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, agent: false };
    http.request(`${url}${path}`, options, resolve).on('error', reject).end(body);
  });
  const result = { headers: response.headers, body: await buffer(response) };
  if (response.statusCode === 200) return result;
  throw new Error(`POST ${path}: ${String(response.statusCode)} ${result.body.toString()}`);
}
