import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './support/dist';
import { PROCESS_TIMEOUT } from './support/project';

const TSC = require.resolve('typescript/bin/tsc');

test.each(['.', 'packages/service/page'])(
  'the type check of %s passes',
  (project) => {
    const args = [TSC, '--build', '--pretty', 'false', path.join(ROOT, project)];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
  PROCESS_TIMEOUT,
);
