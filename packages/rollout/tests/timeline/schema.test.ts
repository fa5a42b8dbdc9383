import published from '../../timeline.schema.json';
import { Timeline } from '../../src/timeline/timeline';

test('timeline.schema.json is up to date (npm run schema)', () => {
  expect(published).toEqual(
    JSON.parse(JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...Timeline })),
  );
});

test('the $id is a URN, because no address serves the schema', () => {
  expect(published.$id).toMatch(/^urn:[a-z0-9][a-z0-9-]{0,31}:/);
});

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The paths of all fields, with their descriptions. */
const fieldsOf = (
  { properties = {}, items, anyOf = [] }: Schema,
  path = '',
): [string, string | undefined][] => [
  ...Object.entries(properties).flatMap(([name, field]): [string, string | undefined][] => [
    [`${path}/${name}`, field.description],
    ...fieldsOf(field, `${path}/${name}`),
  ]),
  ...(items ? fieldsOf(items, `${path}[]`) : []),
  ...anyOf.flatMap((each) => fieldsOf(each, path)),
];

test('every field of the format is described in sentences', () => {
  const fields = fieldsOf(published as Schema);
  expect(fields.length).toBeGreaterThan(60);
  expect(fields.filter(([, description]) => !/^[A-Z].*\.$/.test(description ?? ''))).toEqual([]);
});
