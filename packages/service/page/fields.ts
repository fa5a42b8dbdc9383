import { bodySchema, resolved, type OpenApi, type Operation, type Schema } from './openapi';

/** One field of the form. */
export interface Field {
  readonly name: string;
  /** What it means, with its unit. */
  readonly label: string;
  /** What is allowed, in words; empty where the choices say it. */
  readonly hint: string;
  /** The codes of a category; empty for a number. */
  readonly choices: readonly Choice[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly whole: boolean;
  /** The value that the form starts with. */
  readonly example: number | undefined;
}

export interface Choice {
  readonly code: number;
  readonly title: string;
}

/** The operation that the form sends its patient to. */
export function predictOperation({ paths }: OpenApi): Operation {
  const operation = paths['/predict']?.['post'];
  if (!operation) {
    throw new Error('the document has no POST /predict');
  }
  return operation;
}

/** The fields of one patient, made from the schema that the service checks it with. */
export function fieldsOf(document: OpenApi): Field[] {
  const { properties = {}, examples = [] } = bodySchema(document, predictOperation(document));
  const example = (examples[0] ?? {}) as Readonly<Record<string, number>>;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    label: capital(schema.description ?? name),
    hint: hintOf(schema),
    choices: (schema.oneOf ?? []).map(({ const: code, title }) => ({
      code: Number(code),
      title: title ?? String(code),
    })),
    minimum: schema.minimum,
    maximum: schema.maximum,
    whole: schema.type === 'integer',
    example: example[name],
  }));
}

/** What the probability in an answer is of, such as "of heart disease". */
export function meaningOfProbability(document: OpenApi): string {
  const { content } = predictOperation(document).responses['200'] ?? {};
  const { anyOf: [answer = {}] = [] } = content?.['application/json']?.schema ?? {};
  return resolved(document, answer).properties?.['probability']?.description ?? '';
}

function hintOf({ oneOf, minimum, maximum, type }: Schema): string {
  if (oneOf) {
    return '';
  }
  const range = minimum === undefined || maximum === undefined ? '' : `${minimum} to ${maximum}`;
  return [type === 'integer' ? 'whole number' : '', range].filter((word) => word !== '').join(', ');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
