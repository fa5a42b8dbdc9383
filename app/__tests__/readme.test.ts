import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed } from '../src/allowed';
import { variableOf } from '../src/environment';
import { declarations } from '../src/settings';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const rows = readme.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());

test.each(Object.entries(declarations.properties))(
  'the README tells of %s what its declaration says',
  (setting, schema) => {
    const value = schema.default === undefined ? 'none' : `\`${String(schema.default)}\``;
    expect(rows).toContain(
      `| \`${variableOf(setting)}\` | ${value} | ${allowed(schema)} | ${schema.description ?? ''} |`,
    );
  },
);

test('the README tells of no other setting', () => {
  const told = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, variable]) => variable);
  expect(told).toEqual(Object.keys(declarations.properties).map(variableOf));
});
