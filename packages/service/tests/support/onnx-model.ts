/** Value of a protobuf field: a number, bytes (also those of a message), or a repeated one of these. */
type Field = number | string | Buffer | readonly Field[];

/** Encodes a protobuf message, given the values by field number. */
function message(fields: Readonly<Record<number, Field>>): Buffer {
  const parts = Object.entries(fields).map(([number, value]) => encoded(Number(number), value));
  return Buffer.concat(parts);
}

function encoded(number: number, value: Field): Buffer {
  if (typeof value === 'number') {
    return Buffer.concat([varint(number << 3), varint(value)]);
  }
  if (typeof value === 'string' || Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value);
    return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
  }
  return Buffer.concat(value.map((one) => encoded(number, one)));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | 128);
  }
  return Buffer.from([...bytes, rest]);
}

const FLOAT = 1;
const INT64 = 7;
const BOOL = 9;

/** Encodes the declaration of a tensor; a string stands for an open dimension. */
function declared(name: string, type: number, shape: readonly (number | string)[]): Buffer {
  const sizes = shape.map((size) => message(typeof size === 'number' ? { 1: size } : { 2: size }));
  return message({ 1: name, 2: message({ 1: message({ 1: type, 2: message({ 1: sizes }) }) }) });
}

function floats(name: string, shape: readonly number[], values: readonly number[]): Buffer {
  return message({ 1: shape, 2: FLOAT, 8: name, 9: Buffer.from(Float32Array.from(values).buffer) });
}

function integers(name: string, shape: readonly number[], values: readonly number[]): Buffer {
  return message({ 1: shape, 2: INT64, 7: values, 8: name });
}

function node(type: string, inputs: readonly string[], output: string, attributes: readonly Buffer[] = []) {
  return message({ 1: inputs, 2: [output], 3: output, 4: type, 5: attributes });
}

/** Side of the matrices that the model multiplies. */
const SIDE = 256;

/**
 * Returns an ONNX model with the input of the packaged model. It is equally slow for a batch of any size, and its
 * probability is `softmax([0, first feature / 100])`.
 *
 * @param rounds matrix multiplications, of about a millisecond each
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function onnxModel(rounds: number): Buffer {
  const round = message({
    1: [node('Identity', ['going'], 'still_going'), node('MatMul', ['matrix', 'factor'], 'product')],
    2: 'round',
    11: [declared('number', INT64, []), declared('going', BOOL, []), declared('matrix', FLOAT, [SIDE, SIDE])],
    12: [declared('still_going', BOOL, []), declared('product', FLOAT, [SIDE, SIDE])],
  });
  const graph = message({
    1: [
      node('ConstantOfShape', ['side'], 'factor'),
      node('ReduceMin', ['features'], 'least', [message({ 1: 'keepdims', 3: 0, 20: 2 })]),
      node('Expand', ['least', 'side'], 'start'),
      node('Loop', ['rounds', '', 'start'], 'end', [message({ 1: 'body', 6: round, 20: 5 })]),
      node('ReduceMax', ['end'], 'nothing', [message({ 1: 'keepdims', 3: 0, 20: 2 })]),
      node('MatMul', ['features', 'weights'], 'scores'),
      node('Add', ['scores', 'nothing'], 'both'),
      node('Softmax', ['both'], 'probabilities'),
    ],
    2: 'slow',
    5: [
      integers('side', [2], [SIDE, SIDE]),
      integers('rounds', [], [rounds]),
      floats('weights', [10, 2], [0, 0.01, ...Array<number>(18).fill(0)]),
    ],
    11: [declared('features', FLOAT, ['N', 10])],
    12: [declared('probabilities', FLOAT, ['N', 2])],
  });
  return message({ 1: 8, 7: graph, 8: message({ 1: '', 2: 17 }) });
}
