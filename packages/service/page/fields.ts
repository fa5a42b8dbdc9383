import { bodySchema, resolved, type OpenApi, type Operation, type Schema } from './openapi';

/** A field of the form. */
export interface Field {
  readonly name: string;
  /** Meaning, with its unit. */
  readonly label: string;
  /** Allowed values; empty if the choices show them. */
  readonly hint: string;
  /** The codes of a category; empty for a number. */
  readonly choices: readonly Choice[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly integer: boolean;
  /** Initial value. */
  readonly example: number | undefined;
}

/** A code of a category. */
interface Choice {
  readonly code: number;
  readonly title: string;
}

/** Returns the operation that the form calls. */
function predictOperation({ paths }: OpenApi): Operation {
  const operation = paths['/predict']?.['post'];
  if (!operation) {
    throw new Error('the document has no POST /predict');
  }
  return operation;
}

/** Derives the fields of the form from the schema of a patient. */
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
    integer: schema.type === 'integer',
    example: example[name],
  }));
}

/** Returns what the probability refers to, such as "of heart disease". */
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
  return [type === 'integer' ? 'integer' : '', range].filter((word) => word !== '').join(', ');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
