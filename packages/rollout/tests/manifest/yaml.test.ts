import { parseDocuments, parseValue } from '../../src/manifest/yaml.ts';

const valueOf = (yaml: string) => parseDocuments(yaml)[0];

// each value is what sigs.k8s.io/yaml v1.6.0 makes of it
test.each([
  ['yes', true],
  ['Off', false],
  ['"yes"', 'yes'],
  ['0644', 420],
  ['0o17', 15],
  ['08', 8],
  ['0x10', 16],
  ['-0b101', -5],
  ['1_000', 1000],
  ['1:30', '1:30'],
  ['1e3', 1000],
  ['.5', 0.5],
  ['1e400', '1e400'],
  ['2024-01-01', '2024-01-01'],
  ['1.2.3', '1.2.3'],
  ['~', null],
  ['', null],
  ['!!str yes', 'yes'],
  ['!!int "3"', 3],
  ['!custom 5', '5'],
  ['|\n  yes\n', 'yes\n'],
  ['{yes: 1, 2: x, 1.5: z}', { true: 1, 2: 'x', 1.5: 'z' }],
])('reads %j as kubectl does', (yaml, value) => {
  expect(valueOf(`a: ${yaml}`)).toEqual({ a: value });
});

test('merges mappings in the order that go-yaml does', () => {
  const yaml = `
base: &base {p: 1, q: {r: 1}}
before: {<<: *base, p: 2}
after: {p: 2, <<: *base}
several: {<<: [*base, {p: 7, z: 8}], q: 3}
quoted: {"<<": 1}`;
  expect(valueOf(yaml)).toMatchObject({
    before: { p: 2, q: { r: 1 } },
    after: { p: 1, q: { r: 1 } },
    several: { p: 1, q: 3, z: 8 },
    quoted: { '<<': 1 },
  });
});

test('takes the last of two equal keys', () => {
  expect(valueOf('a: 1\na: 2')).toEqual({ a: 2 });
  expect(valueOf('{"a": 1, "a": 2}')).toEqual({ a: 2 });
});

test.each([
  ['JSON values one after another', '{"a":1}\n{"b":"}"} {"c":[{}]}', [{ a: 1 }, { b: '}' }, { c: [{}] }]],
  ['a JSON value before YAML', '{"a": 1}\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ['a flow mapping that is not JSON', '{a: 1}', [{ a: 1 }]],
  ['a byte order mark and CRLF', '\uFEFFa: |\r\n  x\r\n  y\r\n', [{ a: 'x\ny\n' }]],
  ['documents of comments only', '# a\n---\n# b\n---\nc: 1\n---\n', [null, { c: 1 }, null]],
  [
    'keys of objects',
    '__proto__: 1\nconstructor: 2',
    [
      Object.fromEntries([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    ],
  ],
])('reads %s', (_title, source, values) => {
  expect(parseDocuments(source)).toEqual(values);
});

test.each([
  ['a: *b', "unknown anchor 'b' referenced"],
  ['a: &a [*a]', "anchor 'a' value contains itself"],
  ['a: {<<: 5}', 'map merge requires map or sequence of maps as the value'],
  ['[x]: 1', 'invalid map key'],
  ['a: .inf', '.inf has no form in JSON'],
  ['a: [', 'Flow sequence'],
  [`a: ${'['.repeat(20_000)}`, ''],
  [`{"a": ${'['.repeat(2000)}`, 'more than 1000 levels'],
])('rejects %.40s', (source, message) => {
  expect(() => parseDocuments(source)).toThrow(message);
});

test('takes a value that is no YAML as a string', () => {
  expect(parseValue('a: [')).toBe('a: [');
  expect(parseValue('[1, yes]')).toEqual([1, true]);
});
