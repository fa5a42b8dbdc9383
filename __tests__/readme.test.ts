import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allowed, variableOf } from '@online-inference/settings';
import { Testing } from 'cdk8s';
import { homework } from '../charts';
import { declarations } from '../settings';
import { ROOT } from './support/dist';
import { settings } from './support/synth';

/** Returns the cells of the table rows in a Markdown file. */
function rowsOf(file: string): string[][] {
  const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));
}

const steps = homework(Testing.app(), settings).map((chart) => ({
  step: /^(?:step )?(.+?):/.exec(chart.purpose)?.[1],
  name: `\`${chart.constructor.name}\``,
  file: `\`${chart.node.id}.yaml\``,
}));

test.each(['README.md', 'README.ru.md'])('%s lists steps of charts/index.ts, in their order', (file) => {
  const rows = rowsOf(file).filter(([, name]) => name?.startsWith('`OnlineInference'));
  const names = rows.map(([, name]) => name);
  const listed = steps.filter(({ name }) => names.includes(name));
  expect(rows).not.toHaveLength(0);
  expect(
    rows.map(([step, name, dist]) => ({ step: step === 'бонус' ? 'bonus' : step, name, file: dist })),
  ).toEqual(listed);
});

test('docs/settings.md describes each setting as it is declared', () => {
  const rows = rowsOf('docs/settings.md').filter(([variable]) => /^`[A-Z_]+`$/.test(variable ?? ''));
  expect(rows).toEqual(
    Object.entries(declarations.properties).map(([setting, schema]) => {
      const initial = String(schema.default);
      return [
        `\`${variableOf(setting)}\``,
        initial === '' ? 'none' : `\`${initial}\``,
        allowed(schema),
        schema.description,
      ];
    }),
  );
});
