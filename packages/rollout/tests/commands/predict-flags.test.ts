import { join } from 'node:path';
import { parseTimeline, type Timeline } from '../../src/index.ts';
import { rollout } from '../run.ts';

const inputOf = (name: string): string => join(__dirname, '../inputs', `${name}.yaml`);

async function predicted(name: string, ...flags: string[]): Promise<Timeline> {
  const args = ['predict', inputOf(name), '--image', 'example.org/it:v2', '--draws', '1', '--json'];
  return parseTimeline((await rollout([...args, ...flags])).out);
}

test('--capacity takes any resource of a node', async () => {
  const { end, prediction } = await predicted('one-gpu', '--capacity', 'nodes=1,nvidia.com/gpu=1');
  expect(end.reason).toBe('stalled');
  expect(prediction?.options).toMatchObject({ nodes: 1, 'nvidia.com/gpu': 1 });
});

test('--pull takes seconds, or never', async () => {
  const slow = await predicted('bad-tag', '--pull', 'new=60');
  expect(slow.end.reason).toBe('settled');
  const never = await predicted('bad-tag', '--pull', 'new=never');
  expect(never.end).toMatchObject({
    reason: 'stalled',
    message: expect.stringMatching('ImagePullBackOff') as string,
  });
});

test('--gate gives the time of the readiness gates', async () => {
  expect((await predicted('readiness-gate', '--gate', 'new=5')).end.reason).toBe('settled');
});

test('what is not modelled is the last part of the output', async () => {
  const { out } = await rollout(['predict', inputOf('anti-affinity'), '--image', 'web:v2', '--draws', '1']);
  const [, last = ''] = out.split('Not modelled, or assumed:');
  expect(last.replace(/\s+/g, ' ')).toContain('each of up to 4 pods needs a node of its own');
});

test.each([
  ['--capacity', 'gpu=1'],
  ['--pull', 'new=soon'],
  ['--gate', 'later=5'],
])('%s %s exits with 2', async (...flags) => {
  const { code, err } = await rollout(['predict', inputOf('bad-tag'), '--image', 'web:v2', ...flags]);
  expect(code).toBe(2);
  expect(err).toContain('expected');
});
