import { shown } from '@online-inference/settings';
import { invalid } from '../errors/http-error';
import { DATATYPES, exactSingle, type Datatype } from './datatypes';

/** A tensor of a request. */
export interface GivenTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  /** JSON values, or little-endian bytes. */
  readonly elements: readonly unknown[] | Buffer;
}

/** Limits on the shape of a tensor. */
interface TensorLimits {
  /** Elements of each row. */
  readonly columns: number;
  readonly maxRows: number;
}

/**
 * Converts the elements to FP32, row after row.
 *
 * @throws InvalidRequest if the shape, the datatype or the number of elements is wrong, or FP32 cannot represent an element
 */
export function toFloat32(tensor: GivenTensor, { columns, maxRows }: TensorLimits): Float32Array {
  const { name, shape, elements } = tensor;
  const [rows = 0, width] = shape;
  if (shape.length !== 2 || width !== columns || rows < 1 || rows > maxRows) {
    throw invalid(
      name,
      `the shape of input ${name} must be [N, ${columns}] with N from 1 to ${maxRows}, not ${shown(shape)}`,
    );
  }
  const datatype = DATATYPES.get(tensor.datatype);
  if (!datatype) {
    const known = [...DATATYPES.keys()].join(', ');
    throw invalid(
      name,
      `the datatype of input ${name} must be one of ${known}, not ${shown(tensor.datatype)}`,
    );
  }
  const count = rows * columns;
  if (Buffer.isBuffer(elements)) {
    checkSize(tensor, elements, count, datatype);
    return datatype.readAll?.(elements) ?? convert(tensor, count, fromBinary(elements, datatype));
  }
  return convert(tensor, count, fromJson(tensor, flat(tensor, elements, rows, columns), datatype));
}

/** Reads one element. A list of all elements would be created only to be read once. */
type ElementAt = (index: number) => number | bigint;

function convert(tensor: GivenTensor, count: number, element: ElementAt): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const value = element(index);
    values[index] = exactSingle(value) ?? refuseRounding(tensor, value, index);
  }
  return values;
}

function checkSize(
  { name, datatype, shape }: GivenTensor,
  data: Buffer,
  count: number,
  { bytes }: Datatype,
): void {
  if (data.length !== count * bytes) {
    throw invalid(
      name,
      `input ${name} has ${data.length} bytes, but ${datatype} ${shown(shape)} needs ${count * bytes}`,
    );
  }
}

function fromBinary(data: Buffer, { bytes, read }: Datatype): ElementAt {
  return (index) => read(data, index * bytes);
}

function fromJson(tensor: GivenTensor, data: readonly unknown[], { fromJson: parse }: Datatype): ElementAt {
  return (index) => {
    const element = data[index];
    const value = typeof element === 'number' ? parse(element) : undefined;
    if (value === undefined) {
      const { name, datatype } = tensor;
      throw invalid(
        name,
        `element ${index} of input ${name} is ${shown(element)}, not a value of ${datatype}`,
      );
    }
    return value;
  };
}

/** Flattens JSON data, which may be flat or nested like the shape. */
function flat({ name, shape }: GivenTensor, data: readonly unknown[], rows: number, columns: number) {
  const nested = data.every((row) => Array.isArray(row));
  const fits = nested
    ? data.length === rows && data.every((row) => row.length === columns)
    : data.length === rows * columns;
  if (!fits) {
    const found = nested ? `lists of lengths ${shown(data.map((row) => row.length))}` : data.length;
    throw invalid(
      name,
      `the data of input ${name} must have ${rows * columns} elements, flat or nested like ${shown(shape)}, not ${found}`,
    );
  }
  return nested ? data.flat() : data;
}

function refuseRounding({ name, datatype }: GivenTensor, element: number | bigint, index: number): never {
  throw invalid(
    name,
    `element ${index} of input ${name} is the ${datatype} ${String(element)}, which FP32 cannot hold without loss; round it and send FP32`,
  );
}
