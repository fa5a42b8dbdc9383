import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCard } from '../src/model/card';
import { patientSchema, patientsOf, rowsCheck, rowsOf } from '../src/schemas/patient';
import { validator } from '../src/validation';
import { PATIENT } from './support/service';

const card = parseCard(readFileSync(join(__dirname, '..', 'model', 'heart-disease.json'), 'utf8'));
const schema = patientSchema(card);
const fit = rowsCheck(schema);
const check = validator(Type.Array(schema));

const nearBy = fc.oneof(
  fc.integer({ min: -2, max: 600 }),
  fc.float(),
  fc.constantFrom(-0, NaN, Infinity, 0.5, 77.00001),
);
/** A patient with up to two changed features, mostly just inside or outside the range. */
const row = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(PATIENT)), nearBy), { maxLength: 2 })
  .map((changes) => rowsOf([{ ...PATIENT, ...Object.fromEntries(changes) }], card));

test('rows are valid if and only if their patients match the schema', () => {
  const seen = { fit: 0, unfit: 0 };
  const property = fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (given) => {
    const rows = Float32Array.from(given.flatMap((one) => [...one]));
    const fits = !('error' in check(patientsOf(rows, card)));
    seen[fits ? 'fit' : 'unfit'] += 1;
    expect(fit(rows)).toBe(fits);
  });
  fc.assert(property, { numRuns: 500 });
  expect(Math.min(seen.fit, seen.unfit)).toBeGreaterThan(50);
});

test.each(card.features.map(({ name }) => name))('a row whose %s is out of range is invalid', (name) => {
  const { minimum = 0, maximum = 0 } = schema.properties[name] ?? {};
  expect([minimum, maximum].map((edge) => fit(rowsOf([{ ...PATIENT, [name]: edge }], card)))).toEqual([
    true,
    true,
  ]);
  const outside = [minimum - 1, maximum + 1, NaN];
  expect(outside.map((value) => fit(rowsOf([{ ...PATIENT, [name]: value }], card)))).toEqual(
    outside.map(() => false),
  );
});
