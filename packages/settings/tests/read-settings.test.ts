import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { readSettings, SettingsError, variableOf } from '../src';

const declarations = Type.Object({
  maxReplicas: Type.Integer({ default: 3, minimum: -2, maximum: 100 }),
  errorRatio: Type.Number({ default: 0.5, minimum: 0, maximum: 1 }),
  logLevel: Type.Union([Type.Literal('info'), Type.Literal('debug')], { default: 'info' }),
  imageTag: Type.String({ default: 'v1', pattern: '^[a-z0-9]{1,8}$', title: 'an image tag such as v1' }),
  host: Type.String({ default: '0.0.0.0', minLength: 1 }),
  modelPath: Type.Optional(Type.String({ minLength: 1 })),
});

const DEFAULTS = {
  maxReplicas: 3,
  errorRatio: 0.5,
  logLevel: 'info',
  imageTag: 'v1',
  host: '0.0.0.0',
};

const EDGE_CASES = ['', ' 3', '3\n', '0x3', '1e2', '+3', '010', '-0', '٣', 'NaN', 'Infinity', 'null', 'info'];

// fast-check's own unit `binary` takes a second to list every character
const character = fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCodePoint(code));

const anyString = fc.oneof(
  fc.string({ unit: character }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom(...EDGE_CASES),
);

/** What each setting accepts, written apart from the code under test. */
const ACCEPTS: Readonly<Record<keyof typeof DEFAULTS, (value: unknown) => boolean>> = {
  maxReplicas: (value) => Number.isInteger(value) && Number(value) >= -2 && Number(value) <= 100,
  errorRatio: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  logLevel: (value) => value === 'info' || value === 'debug',
  imageTag: (value) => typeof value === 'string' && /^[a-z0-9]{1,8}$/.test(value),
  host: (value) => typeof value === 'string' && value.length > 0,
};
const settings = Object.keys(ACCEPTS) as (keyof typeof DEFAULTS)[];

test('an empty environment gives the defaults; an optional setting is absent', () => {
  expect(readSettings(declarations, {})).toEqual(DEFAULTS);
});

test.each(settings)('%s: any string gives an allowed value or a one-line error', (setting) => {
  const variable = variableOf(setting);
  fc.assert(
    fc.property(anyString, (text) => {
      try {
        const value = readSettings(declarations, { [variable]: text })[setting];
        expect(ACCEPTS[setting](value)).toBe(true);
        expect(typeof value === 'number' ? Number(text) : text).toBe(value);
      } catch (error) {
        expect(error).toBeInstanceOf(SettingsError);
        expect((error as Error).message).toMatch(/^[A-Z_]+ is ".*, but must be (an?|one of) [^\r\n]*$/);
      }
    }),
  );
});

test('reads every integer within the limits as itself and rejects every other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), (number) => {
      const read = (): number => readSettings(declarations, { MAX_REPLICAS: String(number) }).maxReplicas;
      if (ACCEPTS.maxReplicas(number)) expect(read()).toBe(number);
      else expect(read).toThrow(SettingsError);
    }),
  );
});

test.each(['1e1', '3.0', '0x3', '010', '+3', ' 3', '-0', ''])('rejects %j for an integer', (text) => {
  expect(() => readSettings(declarations, { MAX_REPLICAS: text })).toThrow(
    `MAX_REPLICAS is "${text}", but must be an integer from -2 to 100`,
  );
});

test('accepts an exponent for a number', () => {
  expect(readSettings(declarations, { ERROR_RATIO: '5e-1' }).errorRatio).toBe(0.5);
});

test('reports all wrong variables in one line', () => {
  expect(() => readSettings(declarations, { LOG_LEVEL: 'loud', HOST: '' })).toThrow(
    'LOG_LEVEL is "loud", but must be one of info, debug; HOST is "", but must be a non-empty string',
  );
});

test.each([
  ['LOG_LEVEl', 'LOG_LEVEL'],
  ['log_level', 'LOG_LEVEL'],
  ['LOG_LEVELS', 'LOG_LEVEL'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['LOG_LEVLE', 'LOG_LEVEL'],
  ['IMAGE-TAG', 'IMAGE_TAG'],
  ['max_replica', 'MAX_REPLICAS'],
])('rejects %s and names %s', (mistyped, meant) => {
  expect(() => readSettings(declarations, { [mistyped]: 'info' })).toThrow(
    `${mistyped} is not a setting: use ${meant}, or unset ${mistyped}`,
  );
});

test.each([
  'PORT',
  'LOG',
  'HOSTS',
  'host',
  'HOSTNAME',
  'TAG',
  'LEVEL_LOG',
  'npm_config_loglevel',
  'LOG_LEVEL_2',
])('ignores the unrelated variable %s', (name) => {
  expect(readSettings(declarations, { [name]: 'x' })).toEqual(DEFAULTS);
});

test('ignores a mistyped variable without a value', () => {
  expect(readSettings(declarations, { LOG_LEVEl: undefined })).toEqual(DEFAULTS);
});
