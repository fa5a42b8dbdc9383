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
const response = (body: Buffer | object, headers = {}) => ({
  headers,
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const output = { name: 'p', datatype: 'FP64', shape: [1, 2] };

test('reads probabilities from each form of response; of two columns, the second', () => {
  const binary = Buffer.alloc(16);
  binary.writeDoubleLE(0.75, 0);
  binary.writeDoubleLE(0.25, 8);
  const head = Buffer.from(JSON.stringify({ outputs: [output] }));
  const length = { 'inference-header-content-length': String(head.length) };
  const [predict, infer] = [kindOf('predict-1'), kindOf('v2-binary-1')];
  expect(probabilitiesIn(predict, response({ probability: 0.25 }))).toEqual([0.25]);
  expect(probabilitiesIn(predict, response([{ probability: 0.25 }, { probability: 0.5 }]))).toEqual([
    0.25, 0.5,
  ]);
  expect(probabilitiesIn(infer, response({ outputs: [{ ...output, data: [0.75, 0.25] }] }))).toEqual([0.25]);
  expect(probabilitiesIn(infer, response(Buffer.concat([head, binary]), length))).toEqual([0.25]);
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
  const both = { 'steady.p50': [1, 1, 1], 'steady.p99': [2, 2, 2] } as const;
  const parts = partsOf(
    [
      { name: 'online-inference', ours: true, values: { ...both, 'start.first': [200, 200, 200] } },
      { name: 'peer', values: both },
    ],
    10,
  );
  const rows = (id: string) => parts.find((part) => part.id === id)?.rows;
  expect(rows('steady')?.map(({ name, values }) => [name, values])).toEqual([
    ['online-inference', { p50: [1, 1, 1], p99: [2, 2, 2] }],
    ['peer', { p50: [1, 1, 1], p99: [2, 2, 2] }],
  ]);
  expect(rows('start')).toEqual([
    { name: 'online-inference', ours: true, values: { first: [200, 200, 200] } },
  ]);
  expect(rows('predict-1')).toEqual([]);
});
