import fc from 'fast-check';
import { readSettings, SettingsError, variableOf } from '@online-inference/settings';
import { anyText } from '../packages/service/tests/any-text';
import { declarations, type Settings } from '../settings';

interface Limits {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly anyOf?: readonly { readonly const: string }[];
}

const declared = Object.entries(declarations.properties).map(
  ([name, schema]) => [name as keyof Settings, schema as Limits] as const,
);

/** By the declaration's own words, apart from the code that reads it. */
function isWithin(value: unknown, { type, minimum, maximum, pattern, maxLength, anyOf }: Limits): boolean {
  if (anyOf) {
    return anyOf.some((option) => option.const === value);
  }
  if (typeof value === 'number') {
    const kind = type === 'integer' ? Number.isInteger(value) : type === 'number';
    return kind && value >= Number(minimum) && value <= Number(maximum);
  }
  return (
    type === 'string' &&
    typeof value === 'string' &&
    new RegExp(pattern ?? '').test(value) &&
    value.length <= (maxLength ?? Infinity)
  );
}

const anyValue = fc.oneof(
  anyText,
  fc.string(),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom(
    '',
    ' 3',
    '3\n',
    '0x3',
    '1e2',
    '+3',
    '010',
    '-0',
    '٣',
    'NaN',
    'Infinity',
    'null',
    'info',
    'a:b',
  ),
);

describe.each(declared)('%s', (name, limits) => {
  const variable = variableOf(name);

  test('whatever the text, it is a value within the limits, or one line that names the variable', () => {
    fc.assert(
      fc.property(anyValue, (text) => {
        try {
          const value = readSettings(declarations, { [variable]: text })[name];
          expect(isWithin(value, limits)).toBe(true);
          expect((typeof value === 'number' ? Number(text) : text) === value).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError);
          const { message } = error as SettingsError;
          expect(message.startsWith(`${variable} is "`)).toBe(true);
          expect(message).toMatch(/, but must be (an?|one of) /);
          expect(message).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });

  test('its default is within its limits, and what an empty environment gives', () => {
    const value = readSettings(declarations, {})[name];
    expect(isWithin(value, limits)).toBe(true);
    expect(value).toBe((declarations.properties[name] as { default?: unknown }).default);
  });
});

test('every whole number from the minimum to the maximum is read as itself, and no other', () => {
  const integers = declared.filter(([, { type }]) => type === 'integer');
  expect(integers).not.toHaveLength(0);
  fc.assert(
    fc.property(
      fc.constantFrom(...integers),
      fc.integer({ min: -400, max: 400 }),
      ([name, limits], number) => {
        const read = () => readSettings(declarations, { [variableOf(name)]: String(number) })[name];
        if (isWithin(number, limits)) {
          expect(read()).toBe(number);
        } else {
          expect(read).toThrow(SettingsError);
        }
      },
    ),
  );
});

test.each([
  ['REPLICAS', '0x3', 'REPLICAS is "0x3", but must be a whole number from 2 to 100'],
  ['REPLICAS', '', 'REPLICAS is "", but must be a whole number from 2 to 100'],
  ['REPLICAS', '101', 'REPLICAS is "101", but must be a whole number from 2 to 100'],
  ['REPLICAS', '010', 'REPLICAS is "010", but must be a whole number from 2 to 100'],
  ['REPLICAS', ' 3', 'REPLICAS is " 3", but must be a whole number from 2 to 100'],
  [
    'IMAGE_REPOSITORY',
    'me/it:v3',
    'IMAGE_REPOSITORY is "me/it:v3", but must be an image repository such as docker.io/',
  ],
  ['IMAGE_REPOSITORY', 'Me/it', 'IMAGE_REPOSITORY is "Me/it", but must be an image repository'],
  ['DEMO_TAG', 'a:b', 'DEMO_TAG is "a:b", but must be an image tag such as v1'],
  ...[
    'v1',
    'sha256:',
    `sha256:${'a'.repeat(63)}`,
    `sha256:${'A'.repeat(64)}`,
    `sha512:${'a'.repeat(64)}`,
  ].map((text) => [
    'STEADY_DIGEST',
    text,
    'but must be an image digest, sha256: and 64 hexadecimal digits, or empty',
  ]),
  ['DEMO_DIGEST', ' ', 'DEMO_DIGEST is " ", but must be an image digest, sha256: and 64 hexadecimal digits'],
  [
    'LOG_LEVEL',
    'loud',
    'LOG_LEVEL is "loud", but must be one of fatal, error, warn, info, debug, trace, silent',
  ],
  ['DECISION_THRESHOLD', '2', 'DECISION_THRESHOLD is "2", but must be a number from 0 to 1'],
])('%s=%j is refused', (variable, text, message) => {
  expect(() => readSettings(declarations, { [variable]: text })).toThrow(message);
});

test.each(['it', 'me/it', 'ghcr.io/me/it', 'localhost:5000/it', 'a.b-c__d/e'])(
  '%s is a repository',
  (text) => {
    expect(readSettings(declarations, { IMAGE_REPOSITORY: text }).imageRepository).toBe(text);
  },
);

test.each(['', `sha256:${'0123456789abcdef'.repeat(4)}`])('"%s" is a digest', (text) => {
  expect(readSettings(declarations, { DEMO_DIGEST: text }).demoDigest).toBe(text);
});
