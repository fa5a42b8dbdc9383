import type { TObject } from '@sinclair/typebox';
import { allowed, variableOf } from '@online-inference/settings';

/** Tests that a README has a row for each declared setting, which says what its declaration does, and no other. */
export function testSettingsTable(readme: string, { properties }: TObject): void {
  const rows = readme.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());

  test.each(Object.entries(properties))(
    'the README tells of %s what its declaration says',
    (setting, schema) => {
      const value = (schema.default ?? '') === '' ? 'none' : `\`${String(schema.default)}\``;
      expect(rows).toContain(
        `| \`${variableOf(setting)}\` | ${value} | ${allowed(schema)} | ${schema.description ?? ''} |`,
      );
    },
  );

  test('the README tells of no other setting', () => {
    const told = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, variable]) => variable);
    expect(told).toEqual(Object.keys(properties).map(variableOf));
  });
}
