import path from 'node:path';
import { filesOf } from '../support/dist';
import { inProject, PROCESS_TIMEOUT, type Project } from '../support/project';

// What is wrong and how it is told is in environment.test.ts; here are processes, whose output folder is at stake.
const commands: [string, (project: Project) => ReturnType<Project['main']>][] = [
  ['npm run synth', ({ main }) => main({ REPLICAS: '0x3' })],
  ['npx cdk8s synth', ({ cdk8s }) => cdk8s(['synth'], { REPLICAS: '0x3' })],
];

test.concurrent.each(commands)(
  'REPLICAS=0x3 %s fails with a line of what is allowed, and dist/ is as it was',
  async (_, command) => {
    await inProject(async (project) => {
      const before = filesOf(path.join(project.folder, 'dist'));
      const { code, stderr } = await command(project);
      expect(code).toBe(1);
      // cdk8s-cli adds lines of its own before and after
      expect(stderr.split('\n').filter((line) => line.startsWith('REPLICAS='))).toEqual([
        'REPLICAS=0x3: not a whole number from 1 to 100 (environment variable: pods of the ReplicaSet and of each Deployment)',
      ]);
      expect(stderr).not.toMatch(/SettingError|environment\.ts|main\.ts:/);
      expect(Object.keys(before)).toHaveLength(7);
      expect(filesOf(path.join(project.folder, 'dist'))).toEqual(before);
    });
  },
  PROCESS_TIMEOUT,
);
