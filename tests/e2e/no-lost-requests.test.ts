import { run } from '../kit/process';

// Two rollouts at the same time, then three deletions.
jest.setTimeout(600_000);

test('rollouts of both strategies, and deleted pods, lose no request under load', async () => {
  const { code, stdout, stderr } = await run('npm', [
    ...['run', '--silent', 'test:soak', '--', '--quick'],
    ...['--only', 'blue-green', 'rolling', 'delete-pods'],
  ]);
  console.log(stdout, stderr);
  expect(stdout).toContain('ok   blue-green: no request fails');
  expect(stdout).toContain('ok   rolling: no request fails');
  expect(stdout).toContain('ok   delete-pods: no request fails');
  expect(code).toBe(0);
});
