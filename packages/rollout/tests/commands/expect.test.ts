import { controller, readinessProbe } from '../manifests.ts';
import { rollout } from '../run.ts';
import { timeline } from '../timelines.ts';

const change = ['--image', 'web:v2', '--draws', '60'];
const racing = JSON.stringify(controller({ replicas: 3, maxSurge: 3, maxUnavailable: 0 }));
const rolling = JSON.stringify(
  controller({ replicas: 3, maxSurge: 1, maxUnavailable: 0, container: { readinessProbe } }),
);

test('a race is not enough, unless a smaller share of the draws is', async () => {
  const { out: plan } = await rollout(['predict', '-', ...change, '--json'], racing);
  const check = (...args: string[]) => rollout(['check', '-', '--expect', 'blue-green', ...args], plan);
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toMatch(/^race {6}blue-green {8}in \d+ of 60 draws, for under 0\.1 s/);
  expect(out).toContain('settled by: minReadySeconds: ');
  expect((await check('--at-least', '0.05')).code).toBe(0);
  expect((await check('--at-least', '2')).code).toBe(2);
});

test('predict checks its own expectations, and lists these only', async () => {
  const always = await rollout(['predict', '-', ...change, '--expect', 'replaced'], rolling);
  expect(always.code).toBe(0);
  expect(always.out.match(/^(always|race|never) .*/gm)).toHaveLength(1);
  const never = await rollout(['predict', '-', ...change, '--expect', 'blue-green', '--json'], rolling);
  expect(never.code).toBe(1);
  expect(JSON.parse(never.out)).toMatchObject({ kind: 'Timeline' });
});

test('of a recording a situation is held or not held', async () => {
  const recording = { ...timeline(2, [2, 0], [1, 1], [0, 2]), source: 'recorded' };
  const { out, code } = await rollout(['check', '-'], JSON.stringify(recording));
  expect(code).toBe(0);
  expect(out).toMatch(/^held {6}replaced /m);
  expect(out).toMatch(/^not held {2}kept /m);
});

test('an unknown situation is invalid input', async () => {
  expect((await rollout(['predict', '-', ...change, '--expect', 'fast'], rolling)).code).toBe(2);
});
