import { partsOf } from '.';
import {
  checkProbabilities,
  inferRequest,
  KINDS,
  patientsOf,
  predictRequest,
  probabilitiesIn,
  type Kind,
} from './requests';

const kindOf = (id: string): Kind => {
  const kind = KINDS.find((each) => each.id === id);
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
};

test.each([
  ['predict-1', { probability: 0.25 }],
  ['predict-32', [{ probability: 0.25 }]],
  ['v2-json-1', { outputs: [{ shape: [1], data: [0.25] }] }],
  ['v2-json-1', { outputs: [{ shape: [1, 2], data: [0.75, 0.25] }] }],
])('reads probabilities from the response to %s: %j', async (id, body) => {
  expect(await probabilitiesIn(kindOf(id), Response.json(body))).toEqual([0.25]);
});

test('reads probabilities from a binary tensor', async () => {
  const head = JSON.stringify({ outputs: [{ shape: [1], parameters: { binary_data_size: 4 } }] });
  const body = Buffer.concat([Buffer.from(head), Buffer.from(Float32Array.of(0.25).buffer)]);
  const headers = { 'inference-header-content-length': String(head.length) };
  expect(await probabilitiesIn(kindOf('v2-binary-1'), new Response(body, { headers }))).toEqual([0.25]);
});

test('rejects a response that is wrong in the fifth digit, too short or too long', () => {
  const kind = kindOf('predict-32');
  const right = patientsOf(kind).map(({ probability }) => probability);
  const check = (probabilities: readonly number[]) => () => {
    checkProbabilities('us', kind, probabilities);
  };
  expect(check(right)).not.toThrow();
  expect(check(right.with(7, (right[7] ?? 0) + 2e-5))).toThrow('us answers predict-32 with 32 probabilities');
  expect(check(right.slice(0, -1))).toThrow('patient 31 has undefined');
  expect(check([...right, 0.5])).toThrow('33 probabilities for 32 patients');
});

test('every encoding of a request holds the same patients', () => {
  const parsed = (body: Buffer) => JSON.parse(body.toString()) as unknown;
  const { headers, body: binary } = inferRequest(kindOf('v2-binary-32'), 'probability');
  const data = binary.subarray(Number(headers['inference-header-content-length']));
  const json = parsed(inferRequest(kindOf('v2-json-32'), 'probability').body) as {
    inputs: [{ data: number[] }];
  };
  const values = json.inputs[0].data;
  expect(Array.from({ length: 320 }, (_, index) => data.readFloatLE(index * 4))).toEqual(values);
  const many = parsed(predictRequest(kindOf('predict-32'), '/').body) as Record<string, number>[];
  expect(many.flatMap((patient) => Object.values(patient))).toEqual(values);
  const one = parsed(predictRequest(kindOf('predict-1'), '/').body) as Record<string, number>;
  expect(Object.values(one)).toEqual(values.slice(0, 10));
});

test('partsOf splits a round into comparisons, each with the contenders that were measured in it', () => {
  const both = { 'memory.idle': [1, 1, 1], 'memory.loaded': [2, 2, 2] } as const;
  const ours = { name: 'ours', values: { ...both, 'start.first': [3, 3, 3] } } as const;
  const parts = partsOf([ours, { name: 'peer', values: both }]);
  const rows = Object.fromEntries(parts.map((part) => [part.id, part.rows]));
  const memory = { idle: [1, 1, 1], loaded: [2, 2, 2] };
  expect(rows['memory']).toEqual(['ours', 'peer'].map((name) => ({ name, values: memory })));
  expect(rows['start']).toEqual([{ name: 'ours', values: { first: [3, 3, 3] } }]);
  expect(rows['predict-1']).toEqual([]);
});
