import { InputError, parseTimeline } from '../../src';
import { timeline } from '../timelines';

const good = timeline(2, [2, 0], [0, 2]);

test('parseTimeline returns the timeline that was written', () => {
  expect(parseTimeline(JSON.stringify(good))).toEqual(good);
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
