import { InputError, parseTimeline } from '../../src/index.ts';
import { timeline } from '../timelines.ts';
import published from '../../timeline.schema.json' with { type: 'json' };
import { Timeline } from '../../src/timeline/timeline.ts';

const good = timeline(2, [2, 0], [0, 2]);

test('parseTimeline returns the timeline that was written', () => {
  expect(parseTimeline(JSON.stringify(good))).toEqual(good);
});

test('reads a timeline of the version before the draws', () => {
  const before = { ...good, apiVersion: 'rollout.online-inference/v1' };
  expect(parseTimeline(JSON.stringify(before))).toEqual(good);
});

test.each<[string, unknown, string]>([
  ['not an object', 3, 'x.json is not a timeline: apiVersion is missing and kind is missing'],
  ['another version', { ...good, apiVersion: 'v2' }, 'apiVersion is "v2"'],
  ['an unknown field', { ...good, pets: 1 }, '/pets is 1'],
  ['a missing field', { ...good, end: undefined }, '/end is missing'],
  [
    'an unknown word',
    { ...good, source: 'guessed' },
    '/source is "guessed", expected one of "predicted", "recorded"',
  ],
  ['a negative count', { ...good, samples: [{ ...good.samples[0], old: { total: -1 } }] }, '/samples/0/old'],
  ['an empty list of samples', { ...good, samples: [] }, '/samples is []'],
  [
    'samples out of order',
    { ...good, samples: good.samples.toReversed() },
    '/samples/1/at is earlier than in the sample before it',
  ],
])('parseTimeline rejects %s, and says where', (_title, value, message) => {
  const read = () => parseTimeline(JSON.stringify(value), 'x.json');
  expect(read).toThrow(InputError);
  expect(read).toThrow(message);
});

test.each([
  ['', 'it is empty'],
  ['{"a', 'not JSON'],
])('parseTimeline rejects %j', (json, message) => {
  expect(() => parseTimeline(json, 'x.json')).toThrow(message);
});

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
