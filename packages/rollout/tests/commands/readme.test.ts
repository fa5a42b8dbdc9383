import { readFileSync } from 'node:fs';
import path from 'node:path';
import { controller, readinessProbe } from '../manifests';
import { rollout } from '../run';

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
/** The lines that follow a command in the README, up to the next ellipsis or the end of the block. */
const outputOf = (command: string): string[] =>
  (new RegExp(`\\$ npx rollout ${command}[^\\n]*\\n([^\`]*)`).exec(readme)?.[1] ?? '')
    .split('\n')
    .filter((line) => /^(yes|no) |^ +-?\d+\.\d\d /.test(line));

test('the README shows what predict and check print', async () => {
  const fields = { replicas: 3, maxSurge: 1, maxUnavailable: 0, container: { readinessProbe } };
  const manifest = JSON.stringify(controller(fields));
  const options = ['--image', 'shop:v2', '--start-delay', 'new=15'];
  const predicted = (await rollout(['predict', '-', ...options], manifest)).out.split('\n');
  const { out: plan } = await rollout(['predict', '-', ...options, '--json'], manifest);
  const expectations = ['--expect', 'no-outage', '--expect', 'not-blue-green'];
  const checked = (await rollout(['check', '-', ...expectations], plan)).out.split('\n');
  expect(outputOf('predict')).toHaveLength(4);
  expect(predicted).toEqual(expect.arrayContaining(outputOf('predict')));
  expect(outputOf('check')).toHaveLength(2);
  expect(checked).toEqual(expect.arrayContaining(outputOf('check')));
});
