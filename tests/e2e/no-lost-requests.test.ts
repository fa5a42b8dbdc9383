import { run } from '../kit/process';

// Two rollouts at the same time, then three deletions.
jest.setTimeout(600_000);

const SCENARIOS = ['blue-green', 'rolling', 'delete-pods'];

test('rollouts of both strategies, and deleted pods, lose no request under load', async () => {
  const { code, stdout, stderr } = await run('npm', [
    ...['run', '--silent', 'test:soak', '--', '--quick', '--only'],
    ...SCENARIOS,
  ]);
  console.log(stdout, stderr);
  for (const scenario of SCENARIOS) {
    expect(stdout).toContain(`ok   ${scenario}: no request fails`);
  }
  expect(code).toBe(0);
});
