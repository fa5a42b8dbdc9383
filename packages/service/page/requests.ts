import { bodySchema, type OpenApi } from './openapi';

/** A patient as filled in; an empty field is undefined. */
export type Patient = Readonly<Record<string, number | undefined>>;

/** One way to request the prediction. */
export interface Request {
  readonly title: string;
  /** A shell command. */
  readonly curl: string;
}

/**
 * Returns the requests for a patient's prediction.
 *
 * @param base URL of the service, ending in a slash
 */
export function requestsFor(base: string, document: OpenApi, patient: Patient): Request[] {
  const given = Object.entries(patient).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  const inference = inferencePath(document);
  return [
    { title: 'POST /predict', curl: post(`${base}predict`, patient) },
    { title: 'GET /predict', curl: `curl ${quoted(`${base}predict?${query.toString()}`)}` },
    ...(inference
      ? [
          {
            title: 'Open Inference Protocol',
            curl: post(`${base}${inference.path}`, {
              inputs: [
                {
                  name: inference.input,
                  shape: [1, Object.keys(patient).length],
                  datatype: 'FP32',
                  data: Object.values(patient).map((value) => value ?? null),
                },
              ],
            }),
          },
        ]
      : []),
  ];
}

/** Returns the path of the protocol's inference for the model, and the name of the model's input. */
function inferencePath(document: OpenApi): { readonly path: string; readonly input: string } | undefined {
  const found = Object.entries(document.paths).find(([path]) => path.endsWith('{model}/infer'));
  const operation = found?.[1]['post'];
  if (!found || !operation) {
    return undefined;
  }
  const model = operation.parameters?.find(({ name }) => name === 'model')?.schema.const;
  const { inputs } = bodySchema(document, operation).properties ?? {};
  return {
    path: found[0].slice(1).replace('{model}', String(model)),
    input: String(inputs?.items?.properties?.['name']?.const),
  };
}

function post(url: string, body: unknown): string {
  return `curl ${quoted(url)} \\\n  --json ${quoted(JSON.stringify(body))}`;
}

/** Quotes a string for a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
