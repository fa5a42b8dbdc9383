import examples from '@online-inference/service/model/examples.json';

export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with POST. GET if empty. */
  readonly body: Buffer;
  /** Number of patients that it asks for. */
  readonly patients: number;
}

/** Forms of request for predictions, with their titles. */
export const KINDS = {
  'predict-1': '/predict, JSON, one patient',
  'v2-json-1': 'v2 infer, JSON, one patient',
  'v2-binary-1': 'v2 infer, binary tensors, one patient',
  'predict-32': '/predict, JSON, 32 patients',
  'v2-json-32': 'v2 infer, JSON, 32 patients',
  'v2-binary-32': 'v2 infer, binary tensors, 32 patients',
};

/** Requests by their kind. */
export type Requests = Readonly<Partial<Record<keyof typeof KINDS, Request>>>;

/** Largest difference between a server's probability and the one of scikit-learn at export. */
const TOLERANCE = 1e-5;

/** Returns the examples, repeated. */
export function examplesOf(patients: number): typeof examples {
  return Array<typeof examples>(patients).fill(examples).flat().slice(0, patients);
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Returns a request with one patient as an object, several as a list. */
export function predictRequest(patients: number, path: string): Request {
  const given = examplesOf(patients).map(({ patient }) => patient);
  const body = Buffer.from(JSON.stringify(patients === 1 ? given[0] : given));
  return { path, headers: JSON_TYPE, body, patients };
}

/**
 * Returns an inference request of the Open Inference Protocol for one output.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function inferRequest(patients: number, output: string, isBinary = false): Request {
  const path = '/v2/models/heart-disease/infer';
  const values = examplesOf(patients).flatMap(({ patient }) => Object.values(patient));
  const data = Buffer.from(Float32Array.from(values).buffer);
  const elements = isBinary ? { parameters: { binary_data_size: data.length } } : { data: values };
  const shape = [patients, values.length / patients];
  const inputs = [{ name: 'features', shape, datatype: 'FP32', ...elements }];
  const outputs = [{ name: output, parameters: { binary_data: isBinary } }];
  const json = Buffer.from(JSON.stringify({ inputs, outputs }));
  if (!isBinary) return { path, headers: JSON_TYPE, body: json, patients };
  const length = { 'inference-header-content-length': String(json.length) };
  const headers = { 'content-type': 'application/octet-stream', ...length };
  return { path, headers, body: Buffer.concat([json, data]), patients };
}

interface Prediction {
  readonly probability: number;
}
interface Inference {
  readonly outputs: readonly [{ readonly shape: readonly number[]; readonly data?: readonly number[] }];
}

/** Returns the probabilities in a response, in any form. */
async function probabilitiesIn(response: Response): Promise<readonly number[]> {
  const body = Buffer.from(await response.arrayBuffer());
  const end = Number(response.headers.get('inference-header-content-length') ?? body.length);
  const answer = JSON.parse(body.subarray(0, end).toString()) as Prediction | Prediction[] | Inference;
  if (!('outputs' in answer)) return [answer].flat().map(({ probability }) => probability);
  const [{ shape, data }] = answer.outputs;
  const values = data ?? [...new Float32Array(Uint8Array.from(body.subarray(end)).buffer)];
  // An output of shape [N, 2] holds the probability of label 0 first.
  return shape[1] === 2 ? values.filter((_, index) => index % 2 === 1) : values;
}

/** @throws Error with the first probability that is wrong */
export async function checkProbabilities(response: Response, patients: number): Promise<void> {
  const found = await probabilitiesIn(response);
  const wanted = examplesOf(patients).map(({ probability }) => probability);
  const wrong = wanted.findIndex((value, index) => !(Math.abs((found[index] ?? NaN) - value) <= TOLERANCE));
  if (wrong >= 0 || found.length !== patients) {
    throw new Error(
      `${found.length} probabilities for ${patients} patients; ` +
        `patient ${wrong} has ${String(found[wrong])}, not ${String(wanted[wrong])}`,
    );
  }
}

/**
 * Sends a request.
 *
 * @throws Error unless the status is 200
 */
export async function send(url: string, { path, headers, body }: Request): Promise<Response> {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: Uint8Array.from(body) });
  if (response.status === 200) return response;
  throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
