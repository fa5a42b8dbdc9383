import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PROCESS_TIMEOUT } from './support/project';
import { ROOT } from './support/dist';

// `npm run typecheck`, as a test of its own so that it runs beside the others
test.each([
  ['the project', '.'],
  ['the service’s page', 'packages/service/page'],
])(
  'every file of %s holds to the types',
  (_what, project) => {
    const compiler = path.join(ROOT, 'node_modules/typescript-native/bin/tsc');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [compiler, '--pretty', 'false', '--project', project],
      {
        cwd: ROOT,
        encoding: 'utf8',
        // it ends before its memory matters; by default a quarter of its processor time is garbage collection
        env: { ...process.env, GOGC: '400' },
      },
    );
    expect(`${stdout}${stderr}`.trimEnd().split('\n')).toEqual(['']);
    expect(status).toBe(0);
  },
  PROCESS_TIMEOUT,
);
