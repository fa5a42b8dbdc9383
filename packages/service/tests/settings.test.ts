import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed, readSettings, SettingsError, variableOf } from '@online-inference/settings';
import { declarations } from '../src/settings';

test('an empty environment gives the defaults', () => {
  expect(readSettings(declarations, {})).toEqual({
    port: 8000,
    host: '0.0.0.0',
    logLevel: 'info',
    decisionThreshold: 0.5,
    drainDelaySeconds: 6,
    startDelaySeconds: 0,
    crashAfterSeconds: 0,
    hangAfterSeconds: 0,
    maxBatchSize: 1024,
    maxQueuedRows: 65_536,
    queueTimeoutSeconds: 1,
    maxConnections: 4000,
    inferenceThread: 'auto',
    build: 'dev',
  });
});

test.each<[string, string, unknown]>([
  ['PORT', '1', 1],
  ['PORT', '65535', 65_535],
  ['LOG_LEVEL', 'debug', 'debug'],
  ['DECISION_THRESHOLD', '0', 0],
  ['DECISION_THRESHOLD', '2.5e-1', 0.25],
  ['DRAIN_DELAY_SECONDS', '0.5', 0.5],
  ['ONNX_THREADS', '2', 2],
  ['BUILD', '2024', '2024'],
])('accepts %s=%s', (variable, text, value) => {
  const setting = Object.keys(declarations.properties).find((name) => variableOf(name) === variable) ?? '';
  expect(readSettings(declarations, { [variable]: text })).toHaveProperty(setting, value);
});

test.each([
  ['PORT', '', 'an integer from 0 to 65535'],
  ['PORT', '0x3', 'an integer from 0 to 65535'],
  ['PORT', ' 80', 'an integer from 0 to 65535'],
  ['PORT', '80.5', 'an integer from 0 to 65535'],
  ['PORT', '65536', 'an integer from 0 to 65535'],
  ['DECISION_THRESHOLD', '1.01', 'a number from 0 to 1'],
  ['DECISION_THRESHOLD', 'NaN', 'a number from 0 to 1'],
  ['DRAIN_DELAY_SECONDS', '1e999', 'a number from 0 to 86400'],
  ['DRAIN_DELAY_SECONDS', '6s', 'a number from 0 to 86400'],
  ['LOG_LEVEL', 'INFO', 'one of fatal, error, warn, info, debug, trace, silent'],
  ['ONNX_THREADS', '0', 'an integer from 1 to 64'],
  ['HOST', '', 'a non-empty string'],
])('rejects %s=%j; it must be %s', (variable, text, words) => {
  expect(() => readSettings(declarations, { [variable]: text })).toThrow(
    new SettingsError(`${variable} is ${JSON.stringify(text)}, but must be ${words}`),
  );
});

test('reports all invalid settings at once', () => {
  expect(() => readSettings(declarations, { PORT: 'x', DECISION_THRESHOLD: 'y' })).toThrow(
    /^PORT .*; DECISION_/,
  );
});

test('ignores the variables of other programs', () => {
  expect(readSettings(declarations, { PATH: '/bin', START_DELAY: 'x' })).toEqual(
    readSettings(declarations, {}),
  );
});

test('the README describes every setting as declared', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const rows = readme.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());
  const declared = Object.entries(declarations.properties).map(([setting, schema]) => {
    const value = 'default' in schema ? `\`${String(schema.default)}\`` : 'none';
    return `| \`${variableOf(setting)}\` | ${value} | ${allowed(schema)} | ${schema.description ?? ''} |`;
  });
  expect(rows.filter((row) => /^\| `[A-Z_]+`/.test(row))).toEqual(declared);
});
