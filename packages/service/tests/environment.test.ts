import { readSettings, SettingsError, variableOf } from '@online-inference/settings';
import { declarations } from '../src/settings';

test('without an environment, every setting has its default', () => {
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
])('%s=%s is taken', (variable, text, value) => {
  const setting = Object.keys(declarations.properties).find((name) => variableOf(name) === variable) ?? '';
  expect(readSettings(declarations, { [variable]: text })).toHaveProperty(setting, value);
});

test.each([
  ['PORT', '', 'a whole number from 0 to 65535'],
  ['PORT', '0x3', 'a whole number from 0 to 65535'],
  ['PORT', ' 80', 'a whole number from 0 to 65535'],
  ['PORT', '80.5', 'a whole number from 0 to 65535'],
  ['PORT', '65536', 'a whole number from 0 to 65535'],
  ['DECISION_THRESHOLD', '1.01', 'a number from 0 to 1'],
  ['DECISION_THRESHOLD', 'NaN', 'a number from 0 to 1'],
  ['DRAIN_DELAY_SECONDS', '1e999', 'a number from 0 to 86400'],
  ['DRAIN_DELAY_SECONDS', '6s', 'a number from 0 to 86400'],
  ['LOG_LEVEL', 'INFO', 'one of fatal, error, warn, info, debug, trace, silent'],
  ['ONNX_THREADS', '0', 'a whole number from 1 to 64'],
  ['HOST', '', 'a text of at least one character'],
])('%s=%j is refused: it must be %s', (variable, text, words) => {
  expect(() => readSettings(declarations, { [variable]: text })).toThrow(
    new SettingsError(`${variable} is ${JSON.stringify(text)}, but must be ${words}`),
  );
});

test('all wrong settings are told at once', () => {
  expect(() => readSettings(declarations, { PORT: 'x', DECISION_THRESHOLD: 'y' })).toThrow(
    /^PORT .*; DECISION_/,
  );
});

test('variables of other programs are left alone', () => {
  expect(readSettings(declarations, { PATH: '/bin', START_DELAY: 'x' })).toEqual(
    readSettings(declarations, {}),
  );
});
