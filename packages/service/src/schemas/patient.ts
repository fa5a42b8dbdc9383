import { Kind, Type, type Static, type TInteger, type TNumber, type TObject } from '@sinclair/typebox';
import type { Feature, ModelCard } from '../model/card';

/** Patients in one request. 1024 take about as long as one, and their body has about 100 kB. */
export const MAX_PATIENTS = 1024;

/** Schema of one patient: a number for each feature of the model. */
type PatientSchema = TObject<Record<string, TNumber | TInteger>>;
export type Patient = Static<PatientSchema>;

/** Returns the schema of one patient, derived from the model card. */
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
    const allowed = `${codes.slice(0, -1).join(', ')} or ${codes.at(-1) ?? ''}`;
    const { description } = feature;
    // Documents the codes; minimum and maximum are what is checked.
    const oneOf = Object.entries(feature.codes).map(([code, title]) => ({ const: Number(code), title }));
    return Type.Integer({ minimum: 0, maximum: codes.length - 1, description, allowed, oneOf });
  }
  const { minimum, maximum, description, kind } = feature;
  const article = kind === 'integer' ? 'an' : 'a';
  const allowed = `${article} ${kind} from ${minimum} to ${maximum}, the range of the training data`;
  const options = { minimum, maximum, description, allowed };
  return kind === 'integer' ? Type.Integer(options) : Type.Number(options);
}

/** Converts patients to the model's input: row after row, features in the order of the card. */
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
 * Returns a function that checks whether every row is a patient of the schema. It takes a twentieth of the time that
 * validating {@link patientsOf} takes, which only an error message needs.
 */
export function rowsCheck({ properties }: PatientSchema): (rows: Float32Array) => boolean {
  const columns = Object.values(properties).map(
    ({ minimum = -Infinity, maximum = Infinity, [Kind]: kind }) => ({
      minimum,
      maximum,
      integer: kind === 'Integer',
    }),
  );
  return (rows) => {
    for (let cell = 0; cell < rows.length;) {
      for (const { minimum, maximum, integer } of columns) {
        const value = rows[cell++] ?? NaN;
        if (!(value >= minimum && value <= maximum) || (integer && !Number.isInteger(value))) {
          return false;
        }
      }
    }
    return true;
  };
}

/** Converts rows to patients; the inverse of {@link rowsOf}. */
export function patientsOf(rows: Float32Array, { features }: ModelCard): Patient[] {
  return Array.from({ length: rows.length / features.length }, (_, row) =>
    Object.fromEntries(
      features.map(({ name }, column) => [name, rows[row * features.length + column] ?? NaN]),
    ),
  );
}
