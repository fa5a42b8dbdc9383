import { Type } from '@sinclair/typebox';
import { allowed, numberIn, shown } from '../src';

test.each([
  [Type.Integer({ minimum: 2, maximum: 100 }), 'an integer from 2 to 100'],
  [Type.Integer({ minimum: 2 }), 'an integer of at least 2'],
  [Type.Number({ maximum: 0.5 }), 'a number of at most 0.5'],
  [Type.Number(), 'a number'],
  [Type.Union([Type.Literal('a'), Type.Literal('b')]), 'one of a, b'],
  [Type.String({ minLength: 1 }), 'a non-empty string'],
  [Type.String({ title: 'an image tag' }), 'an image tag'],
  [Type.String({ title: 'a list', allowed: 'a list of integers' }), 'a list of integers'],
])('%j allows %s', (schema, words) => {
  expect(allowed(schema)).toBe(words);
});

test.each([
  ['a"b', '"a\\"b"'],
  [1e21, '1e+21'],
  [NaN, 'NaN'],
  [undefined, 'nothing'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(100), `"${'x'.repeat(59)}…`],
])('shows %p as %s', (value, expected) => {
  expect(shown(value)).toBe(expected);
});

test('shows a value that is nested too deeply for JSON.stringify', () => {
  const nested: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(shown(nested)).toBe('a value nested too deeply to show');
});

test.each([
  ['6e1', 60],
  ['-1.5', -1.5],
  ['0', 0],
])('numberIn reads %j as JSON does', (text, number) => {
  expect(numberIn(text)).toBe(number);
});

test.each(['', ' 5', '0x3', '010', '+1', '1.', '.5', 'NaN', '1e999', true, undefined])(
  'numberIn returns %p unchanged',
  (value) => {
    expect(numberIn(value)).toBe(value);
  },
);
