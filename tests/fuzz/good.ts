import type { Client, Sent } from './client';
import { encode, ROWS } from './inference/tensors';

const PATH = '/v2/models/heart-disease/infer';

/** Each probability is known, in JSON and in binary. */
const GOOD: readonly { readonly sent: Sent; readonly probability: number }[] = ROWS.slice(0, 4).flatMap(
  ({ values, probability = NaN }) => {
    const told = { inputs: [{ name: 'features', shape: [1, 10], datatype: 'FP32' }] };
    const json = { inputs: told.inputs.map((one) => ({ ...one, data: values })) };
    const binary = { inputs: told.inputs.map((one) => ({ ...one, parameters: { binary_data_size: 40 } })) };
    const head = Buffer.from(JSON.stringify(binary));
    const length = { 'inference-header-content-length': String(head.length) };
    return [
      { sent: { path: PATH, body: Buffer.from(JSON.stringify(json)) }, probability },
      {
        sent: { path: PATH, body: Buffer.concat([head, encode('FP32', values)]), headers: length },
        probability,
      },
    ];
  },
);

let next = 0;

/** Sends a right request. @throws Error unless it is answered with the model's probability, or with 503 for want of room */
export async function expectGood(client: Client, after: string): Promise<void> {
  const one = GOOD[next++ % GOOD.length];
  if (!one) {
    throw new RangeError('there is no good request');
  }
  const { status, headers, body } = await client.send(one.sent);
  if (status === 503 && headers['retry-after'] !== undefined) {
    return;
  }
  const { outputs } = (status === 200 ? JSON.parse(body.toString()) : {}) as {
    outputs?: { data?: number[] }[];
  };
  const [found = NaN] = outputs?.[0]?.data ?? [];
  if (!(Math.abs(found - one.probability) < 1e-6)) {
    throw new Error(`after ${after} a good request is answered ${status} ${body.toString().slice(0, 200)}`);
  }
}
