import examples from '@online-inference/service/model/examples.json';

export interface Request {
  /** @default 'POST' */
  readonly method?: 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const ENCODINGS = {
  predict: '/predict, JSON',
  'v2-json': 'v2 infer, JSON',
  'v2-binary': 'v2 infer, binary tensors',
} as const;

/** A form of request for predictions. */
export interface Kind {
  readonly id: string;
  readonly title: string;
  readonly encoding: keyof typeof ENCODINGS;
  /** Number of patients. */
  readonly batch: number;
}

export const KINDS: readonly Kind[] = [1, 32].flatMap((batch) =>
  (['predict', 'v2-json', 'v2-binary'] as const).map((encoding) => ({
    id: `${encoding}-${batch}`,
    title: `${ENCODINGS[encoding]}, ${batch === 1 ? 'one patient' : `${batch} patients`}`,
    encoding,
    batch,
  })),
);

/** Largest difference between a server's probability and the one of scikit-learn at export. */
const TOLERANCE = 1e-5;

/** Returns as many patients as the batch has: the examples, repeated. */
export function patientsOf({ batch }: Kind): typeof examples {
  return Array<typeof examples>(batch).fill(examples).flat().slice(0, batch);
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Returns a request with one patient as an object, several as a list. */
export function predictRequest(kind: Kind, path: string): Request {
  const patients = patientsOf(kind).map(({ patient }) => patient);
  const body = JSON.stringify(kind.batch === 1 ? patients[0] : patients);
  return { path, headers: JSON_TYPE, body: Buffer.from(body) };
}

/**
 * Returns an inference request of the Open Inference Protocol for one output.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function inferRequest(kind: Kind, output: string): Request {
  const path = '/v2/models/heart-disease/infer';
  const values = patientsOf(kind).flatMap(({ patient }) => Object.values(patient));
  const isBinary = kind.encoding === 'v2-binary';
  const data = Buffer.from(Float32Array.from(values).buffer);
  const elements = isBinary ? { parameters: { binary_data_size: data.length } } : { data: values };
  const shape = [kind.batch, values.length / kind.batch];
  const inputs = [{ name: 'features', shape, datatype: 'FP32', ...elements }];
  const outputs = [{ name: output, parameters: { binary_data: isBinary } }];
  const json = Buffer.from(JSON.stringify({ inputs, outputs }));
  if (!isBinary) return { path, headers: JSON_TYPE, body: json };
  const length = { 'inference-header-content-length': String(json.length) };
  const headers = { 'content-type': 'application/octet-stream', ...length };
  return { path, headers, body: Buffer.concat([json, data]) };
}

/** Returns the probabilities in a response to `kind`. */
export async function probabilitiesIn({ encoding }: Kind, response: Response): Promise<number[]> {
  if (encoding === 'predict') {
    const predictions = [(await response.json()) as { probability: number }].flat();
    return predictions.map(({ probability }) => probability);
  }
  const body = Buffer.from(await response.arrayBuffer());
  const end = Number(response.headers.get('inference-header-content-length') ?? body.length);
  const { outputs } = JSON.parse(body.subarray(0, end).toString()) as {
    outputs: [{ shape: number[]; data?: number[] }];
  };
  const [{ shape, data }] = outputs;
  const values = data?.flat() ?? [...new Float32Array(Uint8Array.from(body.subarray(end)).buffer)];
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
 * Sends a request.
 *
 * @throws Error unless the status is 200
 */
export async function send(url: string, { method, path, headers, body }: Request): Promise<Response> {
  const init = method === 'GET' ? { method } : { method: 'POST', body: Uint8Array.from(body) };
  const response = await fetch(`${url}${path}`, { ...init, headers });
  if (response.status === 200) return response;
  throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
