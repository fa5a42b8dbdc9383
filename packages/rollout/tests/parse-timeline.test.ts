import { InputError, parseTimeline } from '../src';
import { timeline } from './timelines';

const good = timeline(2, [2, 0], [0, 2]);

test('a timeline is read as it was written', () => {
  expect(parseTimeline(JSON.stringify(good))).toEqual(good);
});

test.each<[string, unknown, string]>([
  ['no object', 3, 'x.json is not a timeline: apiVersion is missing and kind missing'],
  ['another version', { ...good, apiVersion: 'v2' }, 'apiVersion is "v2"'],
  ['an unknown field', { ...good, pets: 1 }, '/pets is 1'],
  ['a missing field', { ...good, end: undefined }, '/end is missing'],
  [
    'a wrong word',
    { ...good, source: 'guessed' },
    '/source is "guessed", expected one of "predicted", "recorded"',
  ],
  ['a wrong count', { ...good, samples: [{ ...good.samples[0], old: { total: -1 } }] }, '/samples/0/old'],
  ['no samples', { ...good, samples: [] }, '/samples is []'],
  [
    'time that runs back',
    { ...good, samples: good.samples.toReversed() },
    '/samples/1/at is before the sample ahead of it',
  ],
])('%s is refused in one line that says where', (_title, value, message) => {
  const read = () => parseTimeline(JSON.stringify(value), 'x.json');
  expect(read).toThrow(InputError);
  expect(read).toThrow(message);
});

test.each([
  ['', 'it is empty'],
  ['{"a', 'not JSON'],
])('%j is refused', (text, message) => {
  expect(() => parseTimeline(text, 'x.json')).toThrow(message);
});
