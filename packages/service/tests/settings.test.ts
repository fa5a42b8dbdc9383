// packages/settings/tests has the rules by which a string is accepted or rejected.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed, readSettings, variableOf } from '@online-inference/settings';
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

test('the README describes every setting as declared', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const rows = readme.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());
  const declared = Object.entries(declarations.properties).map(([setting, schema]) => {
    const value = 'default' in schema ? `\`${String(schema.default)}\`` : 'none';
    return `| \`${variableOf(setting)}\` | ${value} | ${allowed(schema)} | ${schema.description ?? ''} |`;
  });
  expect(rows.filter((row) => /^\| `[A-Z_]+`/.test(row))).toEqual(declared);
});
