import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesOf, ROOT } from '../support/dist';
import { inProject, PROCESS_TIMEOUT } from '../support/project';

const committed = filesOf(path.join(ROOT, 'dist'));

test.concurrent(
  '`cdk8s synth` publishes to dist/, where a stale file goes and helm/ stays',
  async () => {
    await inProject(async ({ folder, cdk8s }) => {
      writeFileSync(path.join(folder, 'dist/online-inference-old-step.yaml'), 'stale: true\n');
      const { code } = await cdk8s(['synth'], {
        REPLICAS: '5',
        IMAGE_REPOSITORY: 'ghcr.io/me/it',
        LOG_LEVEL: 'debug',
      });
      expect(code).toBe(0);
      const dist = filesOf(path.join(folder, 'dist'));
      expect(Object.keys(dist)).toEqual(Object.keys(committed));
      expect(filesOf(path.join(folder, 'dist/helm'))['kept.yaml']).toBe('kept: true\n');

      expect(dist['online-inference-pod.yaml']).toContain('image: ghcr.io/me/it:v1\n');
      expect(dist['online-inference-pod-probes.yaml']).toContain('image: ghcr.io/me/it:v2\n');
      expect(dist['online-inference-replicaset.yaml']).toContain('replicas: 5\n');
      expect(dist['online-inference-service.yaml']).toContain('LOG_LEVEL: debug\n');
      expect(Object.values(dist).join('')).not.toContain('mivankin/');
    });
  },
  PROCESS_TIMEOUT,
);

test.concurrent(
  '`cdk8s synth --stdout` prints every object, and nothing else, and never writes dist/',
  async () => {
    await inProject(async ({ folder, cdk8s }) => {
      const { code, stdout } = await cdk8s(['synth', '--stdout'], { REPLICAS: '5' });
      expect(code).toBe(0);
      const kinds = parseAllDocuments(stdout).map((document) => document.get('kind'));
      expect(kinds.sort()).toEqual([
        'ConfigMap',
        ...Array<string>(3).fill('Deployment'),
        ...Array<string>(3).fill('Pod'),
        'ReplicaSet',
        'Service',
      ]);
      expect(stdout).toContain('replicas: 5\n');
      expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
    });
  },
  PROCESS_TIMEOUT,
);

test.concurrent(
  '`cdk8s synth -o elsewhere` writes there, and never dist/',
  async () => {
    await inProject(async ({ folder, cdk8s }) => {
      const { code } = await cdk8s(['synth', '-o', 'elsewhere'], { REPLICAS: '5' });
      expect(code).toBe(0);
      const elsewhere = filesOf(path.join(folder, 'elsewhere'));
      expect(Object.keys(elsewhere)).toEqual(Object.keys(committed));
      expect(elsewhere['online-inference-replicaset.yaml']).toContain('replicas: 5\n');
      expect(filesOf(path.join(folder, 'dist'))).toEqual(committed);
    });
  },
  PROCESS_TIMEOUT,
);
