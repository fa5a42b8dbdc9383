import { errorIn, isBusy, type Received } from '../client';
import type { Case } from './cases';

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data?: readonly number[];
  readonly parameters?: { readonly binary_data_size: number };
}

/** @throws Error if the response must not follow the request */
export function judge({ fault, outcome, rows }: Case, received: Received): void {
  const { status, body } = received;
  if (isBusy(received)) return;
  if (status === 200 && outcome !== 'refused') {
    checkOutputs(received, outcome === 'answered' ? rows : undefined);
  } else if (status < 400 || status >= 500 || outcome === 'answered' || errorIn(body) === undefined) {
    throw new Error(`${fault}: must be ${outcome}, got ${status} ${body.toString().slice(0, 300)}`);
  }
}

/** @param rows whose probabilities are known; undefined after a fault */
function checkOutputs({ headers, body }: Received, rows: Case['rows'] | undefined): void {
  const length = Number(headers['inference-header-content-length'] ?? body.length);
  const { outputs } = JSON.parse(body.subarray(0, length).toString()) as { outputs: readonly Output[] };
  let end = length;
  for (const output of outputs) {
    const { name, shape, data, parameters } = output;
    const binary = body.subarray(end, end + (parameters?.binary_data_size ?? 0));
    end += binary.length;
    const values = data ?? numbersIn(name, binary);
    const isRight = (value: number, row: number): boolean => {
      const probability = rows?.[row]?.probability;
      if (probability === undefined) return value >= 0 && value <= 1;
      return name === 'label' ? value === Number(probability >= 0.5) : Math.abs(value - probability) < 1e-6;
    };
    if (
      values.length !== (rows?.length ?? shape[0]) ||
      values.length !== shape[0] ||
      !values.every(isRight)
    ) {
      throw new Error(`wrong output ${JSON.stringify(output).slice(0, 300)}`);
    }
  }
  if (end !== body.length) throw new Error(`${body.length - end} bytes after the outputs`);
}

const numbersIn = (name: string, data: Buffer): number[] =>
  name === 'label'
    ? Array.from({ length: data.length / 8 }, (_, index) => Number(data.readBigInt64LE(index * 8)))
    : Array.from({ length: data.length / 4 }, (_, index) => data.readFloatLE(index * 4));
