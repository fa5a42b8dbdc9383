import { checkAnswer, ofInfer, ofPredict } from '../serving/answers';
import { batchOf, inferRequest, KINDS, predictRequest, type Kind } from '../serving/kinds';

const kindOf = (id: string): Kind => {
  const kind = KINDS.find((one) => one.id === id);
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
};
const answer = (body: Buffer | object, headers = {}) => ({
  headers,
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const output = { name: 'p', datatype: 'FP64', shape: [1, 2] };

test('probabilities are read from each form of answer, of two columns the second', () => {
  const binary = Buffer.alloc(16);
  binary.writeDoubleLE(0.75, 0);
  binary.writeDoubleLE(0.25, 8);
  const head = Buffer.from(JSON.stringify({ outputs: [output] }));
  const length = { 'inference-header-content-length': String(head.length) };
  expect(ofPredict(answer({ probability: 0.25 }))).toEqual([0.25]);
  expect(ofPredict(answer([{ probability: 0.25 }, { probability: 0.5 }]))).toEqual([0.25, 0.5]);
  expect(ofInfer(answer({ outputs: [{ ...output, data: [0.75, 0.25] }] }))).toEqual([0.25]);
  expect(ofInfer(answer(Buffer.concat([head, binary]), length))).toEqual([0.25]);
});

test('an answer that is wrong in the fifth digit, too short or too long is refused', () => {
  const kind = kindOf('predict-32');
  const right = batchOf(kind).map(({ probability }) => probability);
  const check = (probabilities: readonly number[]) => () => {
    checkAnswer('us', kind, probabilities);
  };
  expect(check(right)).not.toThrow();
  expect(check(right.with(7, (right[7] ?? 0) + 2e-5))).toThrow('us answers predict-32 with');
  expect(check(right.slice(0, -1))).toThrow('undefined for patient 31');
  expect(check([...right, 0.5])).toThrow('33 probabilities for 32 patients');
});

test('both encodings of a request hold the same patients', () => {
  const body = (id: string) => JSON.parse(predictRequest(kindOf(id), '/').body.toString()) as unknown;
  const { headers, body: binary } = inferRequest(kindOf('v2-binary-32'), 'probability');
  const data = binary.subarray(Number(headers['inference-header-content-length']));
  const json = JSON.parse(inferRequest(kindOf('v2-json-32'), 'probability').body.toString()) as {
    inputs: [{ data: number[] }];
  };
  expect(Array.from({ length: 320 }, (_, index) => data.readFloatLE(index * 4))).toEqual(json.inputs[0].data);
  expect(
    (body('predict-32') as Record<string, number>[]).flatMap((patient) => Object.values(patient)),
  ).toEqual(json.inputs[0].data);
  expect(Object.values(body('predict-1') as Record<string, number>)).toEqual(
    json.inputs[0].data.slice(0, 10),
  );
});
