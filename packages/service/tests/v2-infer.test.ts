/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { gzipSync } from 'node:zlib';
import examples from '../model/examples.json';
import { inferenceRequest, PATHS, single, withBinary } from './support/inference-requests';
import { service, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const rows = examples.map(({ patient }) => Object.values(patient));
const row = rows[0] ?? [];

interface Output {
  readonly name: string;
  readonly datatype: string;
  readonly shape: number[];
  readonly data?: number[];
}

async function infer(body: object, path: string = PATHS[0]): Promise<{ outputs: Output[] }> {
  const answer = await app.post(path, body);
  expect(answer.status).toBe(200);
  return answer.body as { outputs: Output[] };
}

test.each(PATHS)('POST %s returns scikit-learn’s probabilities, and the labels', async (path) => {
  const answer = await infer(inferenceRequest(rows), path);
  const [probability, label] = answer.outputs;
  expect(answer).toMatchObject({ model_name: 'heart-disease', model_version: '1' });
  expect(answer).not.toHaveProperty('id');
  expect(probability).toMatchObject({ name: 'probability', datatype: 'FP32', shape: [rows.length] });
  expect(probability?.data).toEqual(
    examples.map((example) => expect.closeTo(example.probability, 6) as number),
  );
  expect(label).toEqual({
    name: 'label',
    datatype: 'INT64',
    shape: [rows.length],
    data: examples.map((example) => example.label),
  });
});

test('data may be flat or nested', async () => {
  expect(await infer(inferenceRequest(rows, { data: rows.flat() }))).toEqual(
    await infer(inferenceRequest(rows, { data: rows })),
  );
});

test('repeats any id', async () => {
  for (const id of ['42', '', 'é😀\r\n"', 'x'.repeat(10_000)]) {
    expect(await infer({ ...inferenceRequest([row]), id })).toMatchObject({ id });
  }
});

test('returns the requested outputs in their order', async () => {
  const names = async (outputs: string[]) =>
    (await infer({ ...inferenceRequest([row]), outputs: outputs.map((name) => ({ name })) })).outputs.map(
      ({ name }) => name,
    );
  expect(await names(['label'])).toEqual(['label']);
  expect(await names(['label', 'probability'])).toEqual(['label', 'probability']);
  expect(await names([])).toEqual(['probability', 'label']);
});

test('the label follows the decision threshold', async () => {
  const strict = await service({ DECISION_THRESHOLD: '0.3' });
  const { body } = await strict.post(PATHS[0], inferenceRequest([row]));
  await strict.close();
  expect(body).toMatchObject({ outputs: [{}, { name: 'label', data: [1] }] });
});

test('ignores unknown parameters and fields', async () => {
  const parameters = { priority: 1, mine: 'x' };
  const request = { ...inferenceRequest([row], { parameters }), parameters, model_name: 'x' };
  expect(await infer(request)).toEqual(await infer(inferenceRequest([row])));
});

const BINARY = { parameters: { binary_data_output: true } };

async function raw(body: Buffer, headers: Record<string, string>) {
  const response = await fetch(`http://127.0.0.1:${app.port}${PATHS[0]}`, { method: 'POST', body, headers });
  return {
    response,
    jsonLength: Number(response.headers.get('inference-header-content-length') ?? NaN),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

test('receives and sends binary tensors without a Content-Type, as Triton’s client does', async () => {
  const { body, headers } = withBinary(rows, single(rows), BINARY);
  const answer = await raw(body, headers);
  const json = JSON.parse(answer.body.subarray(0, answer.jsonLength).toString()) as object;
  const binary = answer.body.subarray(answer.jsonLength);
  expect(answer.response.headers.get('content-type')).toBe('application/octet-stream');
  expect(json).toMatchObject({
    outputs: [
      { name: 'probability', shape: [rows.length], parameters: { binary_data_size: 4 * rows.length } },
      { name: 'label', shape: [rows.length], parameters: { binary_data_size: 8 * rows.length } },
    ],
  });
  expect(binary).toHaveLength(12 * rows.length);
  examples.forEach(({ probability, label }, index) => {
    expect(binary.readFloatLE(4 * index)).toBeCloseTo(probability, 6);
    expect(binary.readBigInt64LE(4 * rows.length + 8 * index)).toBe(BigInt(label));
  });
});

test('an output’s own binary_data overrides the request’s', async () => {
  const outputs = [{ name: 'label' }, { name: 'probability', parameters: { binary_data: false } }];
  const { body, headers } = withBinary([row], single([row]), { ...BINARY, outputs });
  const answer = await raw(body, headers);
  expect(JSON.parse(answer.body.subarray(0, answer.jsonLength).toString())).toMatchObject({
    outputs: [{ parameters: { binary_data_size: 8 } }, { data: [expect.closeTo(0.342277, 5)] }],
  });
});

test.each(['gzip', 'deflate'])(
  'compresses a long response with %s if the client accepts it',
  async (coding) => {
    const many = Array.from({ length: 40 }, () => rows).flat();
    const { body, headers } = withBinary(many, single(many), {});
    const { response, body: json } = await raw(gzipSync(body), {
      ...headers,
      'content-encoding': 'gzip',
      'accept-encoding': coding,
    });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(JSON.parse(json.toString())).toEqual(await infer(inferenceRequest(many)));
  },
);
