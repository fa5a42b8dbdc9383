import { readFileSync } from 'node:fs';
import path from 'node:path';
import { files } from './readme-example';

const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
const [, example = '', template = ''] = /```ts\n(.+?)```.+?```yaml\n(.+?)```/s.exec(readme) ?? [];

test('the example in README.md is readme-example.ts', () => {
  expect(example).toBe(readFileSync(path.join(__dirname, 'readme-example.ts'), 'utf8'));
});

test('the example renders the files and the template that README.md shows', () => {
  expect([...files.keys()]).toEqual([
    'Chart.yaml',
    'values.yaml',
    'values.schema.json',
    'templates/_helpers.tpl',
    'templates/pod.yaml',
  ]);
  expect(template).not.toBe('');
  expect(files.get('templates/pod.yaml')).toContain(template);
});
