import { predictOnce, type Manifest } from '../../src/index.ts';
import { applyChange } from '../../src/manifest/change.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { holds } from '../timelines.ts';

const web = controller({
  replicas: 2,
  container: {
    readinessProbe,
    resources: { requests: { cpu: '500m' } },
    env: [],
    ports: [{ containerPort: 80 }],
  },
  pod: { volumes: [{ name: 'c', configMap: { name: 'c' } }] },
});

/** The Deployment as `kubectl get -o yaml` prints it. */
const stored: Manifest = {
  ...web,
  metadata: { name: 'web', generation: 3, uid: 'x', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    progressDeadlineSeconds: 600,
    replicas: 2,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'web' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
    template: {
      metadata: { creationTimestamp: null, labels: { app: 'web' } },
      spec: {
        containers: [
          {
            image: 'web:v1',
            imagePullPolicy: 'IfNotPresent',
            name: 'web',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
            readinessProbe: {
              failureThreshold: 3,
              httpGet: { path: '/readyz', port: 80, scheme: 'HTTP' },
              periodSeconds: 1,
              successThreshold: 1,
              timeoutSeconds: 1,
            },
            resources: { requests: { cpu: 0.5 } },
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
        volumes: [{ configMap: { defaultMode: 420, name: 'c' }, name: 'c' }],
      },
    },
  },
  status: { replicas: 2 },
};

test('a manifest with the defaults of the API server is the same as one without', () => {
  expect(applyChange(stored, { manifest: web }).change.description).toBe('nothing');
  expect(applyChange(web, { manifest: stored }).change.description).toBe('nothing');
  expect(holds(predictOnce(stored, { to: web }), 'kept')).toBe(true);
  const changed = { ...web, spec: { ...(web['spec'] as object), replicas: 3 } };
  expect(applyChange(stored, { manifest: changed }).change.description).toBe('replicas 3');
});

test.each(['StatefulSet', 'DaemonSet'] as const)('the update strategy of a %s has defaults', (kind) => {
  const rollingUpdate = kind === 'StatefulSet' ? { partition: 0 } : { maxSurge: 0, maxUnavailable: 1 };
  const given = controller({ kind, updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
  const spec = { ...(controller({ kind })['spec'] as object), revisionHistoryLimit: 10 };
  expect(applyChange({ ...given, spec }, { manifest: given }).change.description).toBe('nothing');
});

test.each([
  'spec.template.spec.terminationGracePeriodSeconds=30',
  'spec.template.spec.containers[0].imagePullPolicy=IfNotPresent',
  'spec.template.spec.containers[0].resources.requests.cpu="0.5"',
  'spec.template.spec.containers[0].command=[]',
  'spec.template.spec.hostNetwork=false',
])('--set %s replaces no pod', (set) => {
  expect(holds(predictOnce(web, { set: [set] }), 'kept')).toBe(true);
});

test.each([
  'spec.template.spec.terminationGracePeriodSeconds=31',
  'spec.template.spec.containers[0].imagePullPolicy=Always',
  'spec.template.spec.automountServiceAccountToken=false',
  'spec.template.spec.affinity={}',
])('--set %s replaces the pods', (set) => {
  expect(holds(predictOnce(web, { set: [set] }), 'replaced')).toBe(true);
});

test('an image without a tag is pulled always', () => {
  const latest = (image: string, imagePullPolicy?: string): Manifest =>
    controller({ container: { image, ...(imagePullPolicy !== undefined && { imagePullPolicy }) } });
  const describe = (image: string): string =>
    applyChange(latest(image), { manifest: latest(image, 'Always') }).change.description;
  expect(describe('registry:5000/web')).toBe('nothing');
  expect(describe('web:latest')).toBe('nothing');
  expect(describe('web:v1')).toContain('imagePullPolicy');
  expect(describe(`web@sha256:${'0a'.repeat(32)}`)).toContain('imagePullPolicy');
});

test('kubectl rollout restart of before is kept, as kubectl apply keeps it', () => {
  const set =
    'spec.template.metadata.annotations={"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"}';
  const restarted = applyChange(web, { set: [set] }).manifest;
  expect(applyChange(restarted, { manifest: web }).change.description).toBe('nothing');
  expect(holds(predictOnce(restarted, { to: web }), 'kept')).toBe(true);
  expect(holds(predictOnce(web, { to: restarted }), 'replaced')).toBe(true);
});
