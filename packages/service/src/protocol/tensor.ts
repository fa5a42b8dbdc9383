import { shown } from '@online-inference/settings';
import { invalid } from '../validation';
import { DATATYPES, exactSingle, type Datatype } from './datatypes';

/** A tensor as a request gives it: its elements either in JSON or in binary. */
export interface GivenTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly elements: readonly unknown[] | Buffer;
}

/** What shape a request's tensor may have. */
export interface TensorLimits {
  /** Elements that each row has to have. */
  readonly columns: number;
  readonly mostRows: number;
}

/**
 * The elements as FP32, row after row.
 *
 * @throws InvalidRequest if shape, datatype or number of elements is wrong, or an element is no FP32
 */
export function singles(tensor: GivenTensor, { columns, mostRows }: TensorLimits): Float32Array {
  const { name, shape, elements } = tensor;
  const [rows = 0, width] = shape;
  if (shape.length !== 2 || width !== columns || rows < 1 || rows > mostRows) {
    throw invalid(
      name,
      `the shape of input ${name} must be [N, ${columns}] with N from 1 to ${mostRows}, not ${shown(shape)}`,
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
    return datatype.singles?.(elements) ?? each(tensor, count, fromBinary(elements, datatype));
  }
  return each(tensor, count, fromJson(tensor, flat(tensor, elements, rows, columns), datatype));
}

/** What gives a tensor's elements one by one: a list of them would be made only to be read once. */
type ElementAt = (index: number) => number | bigint;

function each(tensor: GivenTensor, count: number, element: ElementAt): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const value = element(index);
    values[index] = exactSingle(value) ?? lossy(tensor, value, index);
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
      `input ${name} has ${data.length} bytes, but ${datatype} ${shown(shape)} takes ${count * bytes}`,
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
      throw invalid(name, `input ${name}, element ${index}, is ${shown(element)}, which is no ${datatype}`);
    }
    return value;
  };
}

/** JSON data may be flat or nested as the shape is. */
function flat({ name, shape }: GivenTensor, data: readonly unknown[], rows: number, columns: number) {
  const nested = data.every((row) => Array.isArray(row));
  const fits = nested
    ? data.length === rows && data.every((row) => row.length === columns)
    : data.length === rows * columns;
  if (!fits) {
    const found = nested ? `lists of ${shown(data.map((row) => row.length))}` : data.length;
    throw invalid(
      name,
      `the data of input ${name} must have ${rows * columns} elements, flat or nested as ${shown(shape)}, not ${found}`,
    );
  }
  return nested ? data.flat() : data;
}

function lossy({ name, datatype }: GivenTensor, element: number | bigint, index: number): never {
  throw invalid(
    name,
    `input ${name}, element ${index}, is the ${datatype} ${String(element)}, which FP32 cannot hold without loss; round it and send FP32`,
  );
}
