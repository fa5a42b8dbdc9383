import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allowed } from '@online-inference/app/allowed';
import { variableOf } from '@online-inference/app/environment';
import { declarations } from '../settings';
import { ROOT } from './support/dist';

const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const rows = readme.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());

test.each(Object.entries(declarations.properties))(
  'the README tells of %s what its declaration says',
  (setting, schema) => {
    const value = schema.default === '' ? 'none' : `\`${String(schema.default)}\``;
    expect(rows).toContain(
      `| \`${variableOf(setting)}\` | ${value} | ${allowed(schema)} | ${schema.description ?? ''} |`,
    );
  },
);

test('the README tells of no other setting', () => {
  const told = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, variable]) => variable);
  expect(told).toEqual(Object.keys(declarations.properties).map(variableOf));
});
