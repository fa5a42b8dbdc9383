import { Kind, Type, type Static, type TInteger, type TNumber, type TObject } from '@sinclair/typebox';
import type { Feature, ModelCard } from '../model/card';

/** So many patients take one request about as long as one patient takes, and a body of about 100 kB. */
export const MOST_PATIENTS = 1024;

/** One patient: a number for each of the model's features. */
export type PatientSchema = TObject<Record<string, TNumber | TInteger>>;
export type Patient = Static<PatientSchema>;

/** The schema of one patient, made from the facts that training wrote. */
export function patientSchema({ features, example }: ModelCard): PatientSchema {
  const properties = Object.fromEntries(features.map((feature) => [feature.name, featureSchema(feature)]));
  const names = features.map(({ name }) => name).join(', ');
  return Type.Object(properties, {
    additionalProperties: false,
    allowed: `a patient, an object with ${names}`,
    $id: 'Patient',
    ...(example ? { examples: [example.patient] } : {}),
  });
}

function featureSchema(feature: Feature): TNumber | TInteger {
  if (feature.kind === 'category') {
    const codes = Object.entries(feature.codes).map(([code, meaning]) => `${code} (${meaning})`);
    const words = `${codes.slice(0, -1).join(', ')} or ${codes.at(-1) ?? ''}`;
    const { description } = feature;
    const options = { minimum: 0, maximum: codes.length - 1, description, allowed: words };
    // Besides the range, for readers of the document.
    const oneOf = Object.entries(feature.codes).map(([code, title]) => ({ const: Number(code), title }));
    return Type.Integer({ ...options, oneOf });
  }
  const { minimum, maximum, description, kind } = feature;
  const words = `${kind === 'integer' ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}, the range seen in training`;
  const options = { minimum, maximum, description, allowed: words };
  return kind === 'integer' ? Type.Integer(options) : Type.Number(options);
}

/** The patients as the model's input: row after row, in the card's order of features. */
export function rowsOf(patients: readonly Patient[], { features }: ModelCard): Float32Array {
  const rows = new Float32Array(patients.length * features.length);
  let cell = 0;
  for (const patient of patients) {
    for (const { name } of features) {
      rows[cell++] = patient[name] ?? NaN;
    }
  }
  return rows;
}

/**
 * Makes the check whether every row is a patient of the schema. It takes a twentieth of the time of making
 * patients to check, which are needed only to tell what is wrong.
 */
export function rowsCheck({ properties }: PatientSchema): (rows: Float32Array) => boolean {
  const columns = Object.values(properties).map(
    ({ minimum = -Infinity, maximum = Infinity, [Kind]: kind }) => ({
      minimum,
      maximum,
      whole: kind === 'Integer',
    }),
  );
  return (rows) => {
    for (let cell = 0; cell < rows.length;) {
      for (const { minimum, maximum, whole } of columns) {
        const value = rows[cell++] ?? NaN;
        if (!(value >= minimum && value <= maximum) || (whole && !Number.isInteger(value))) {
          return false;
        }
      }
    }
    return true;
  };
}

/** The opposite of {@link rowsOf}. */
export function patientsOf(rows: Float32Array, { features }: ModelCard): Patient[] {
  return Array.from({ length: rows.length / features.length }, (_, row) =>
    Object.fromEntries(
      features.map(({ name }, column) => [name, rows[row * features.length + column] ?? NaN]),
    ),
  );
}
