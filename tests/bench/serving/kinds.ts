import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../frame/peers';
import type { Request } from './client';

interface Example {
  readonly patient: Readonly<Record<string, number>>;
  readonly probability: number;
}

export const MODEL_FOLDER = path.join(ROOT, 'packages/service/model');

/** Patients with the probability that scikit-learn gave when the model was trained. */
export const examples = JSON.parse(
  readFileSync(path.join(MODEL_FOLDER, 'examples.json'), 'utf8'),
) as readonly Example[];

/** A way to ask for predictions. */
export interface Kind {
  readonly id: string;
  readonly title: string;
  readonly encoding: 'predict' | 'v2-json' | 'v2-binary';
  readonly batch: number;
}

const encodings = {
  predict: '/predict, JSON',
  'v2-json': 'v2 infer, JSON',
  'v2-binary': 'v2 infer, binary tensors',
};

export const KINDS: readonly Kind[] = [1, 32].flatMap((batch) =>
  (['predict', 'v2-json', 'v2-binary'] as const).map((encoding) => ({
    id: `${encoding}-${batch}`,
    title: `${encodings[encoding]}, ${batch === 1 ? 'one patient' : `${batch} patients`}`,
    encoding,
    batch,
  })),
);

/** The patients of a batch: the examples, over and over. */
export function batchOf({ batch }: Kind): Example[] {
  return Array.from({ length: batch }, (_, index) => examples[index % examples.length]).flatMap(
    (example) => example ?? [],
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** One patient as an object, several as a list. */
export function predictRequest(kind: Kind, url: string): Request {
  const patients = batchOf(kind).map(({ patient }) => patient);
  const body = JSON.stringify(kind.batch === 1 ? patients[0] : patients);
  return { path: url, headers: JSON_TYPE, body: Buffer.from(body) };
}

/**
 * The Open Inference Protocol's request for one output.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function inferRequest(kind: Kind, output: string): Request {
  const rows = batchOf(kind).flatMap(({ patient }) => Object.values(patient));
  const binary = kind.encoding === 'v2-binary';
  const data = Buffer.from(Float32Array.from(rows).buffer);
  const tensor = { name: 'features', shape: [kind.batch, rows.length / kind.batch], datatype: 'FP32' };
  const json = Buffer.from(
    JSON.stringify({
      inputs: [
        binary ? { ...tensor, parameters: { binary_data_size: data.length } } : { ...tensor, data: rows },
      ],
      outputs: [{ name: output, parameters: { binary_data: binary } }],
    }),
  );
  const url = '/v2/models/heart-disease/infer';
  return binary
    ? {
        path: url,
        headers: {
          'content-type': 'application/octet-stream',
          'inference-header-content-length': String(json.length),
        },
        body: Buffer.concat([json, data]),
      }
    : { path: url, headers: JSON_TYPE, body: json };
}
