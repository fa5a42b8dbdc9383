import { podIn, pods, type PlacedPod } from '../support/dist';
import type { Container, PodTemplate } from '../support/manifest';

/**
 * Rules of Pod Security "restricted", and further rules of this project.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
const RULES: Readonly<Record<string, (container: Container, pod: PodTemplate['spec']) => boolean>> = {
  'runs as a numeric user that is not root': (_, { securityContext: user }) =>
    typeof user?.['runAsUser'] === 'number' && user['runAsUser'] > 0 && user['runAsNonRoot'] === true,
  'no user in the container': ({ securityContext: own }) =>
    own?.['runAsUser'] === undefined && own?.['runAsNonRoot'] !== false,
  'seccomp RuntimeDefault': ({ securityContext: own }) =>
    JSON.stringify(own?.['seccompProfile']) === '{"type":"RuntimeDefault"}',
  'no privilege escalation': ({ securityContext: own }) => own?.['allowPrivilegeEscalation'] === false,
  'not privileged': ({ securityContext: own }) => own?.['privileged'] !== true,
  'all capabilities dropped': ({ securityContext: own }) =>
    JSON.stringify(own?.['capabilities']) === '{"drop":["ALL"]}',
  'read-only root': ({ securityContext: own }) => own?.['readOnlyRootFilesystem'] === true,
  'no service account token': (_, pod) => pod.automountServiceAccountToken === false,
  'no namespace of the host': (_, pod) =>
    !['hostNetwork', 'hostPID', 'hostIPC'].some((field) => Object.entries(pod).some(([f, on]) => f === field && on)),
  'no volume': (_, pod) => !('volumes' in pod),
};

function broken({ spec }: PodTemplate): string[] {
  return Object.entries(RULES)
    .filter(([, holds]) => !spec.containers.every((container) => holds(container, spec)))
    .map(([rule]) => rule);
}

test('each pod has a container', () => {
  expect(pods).not.toHaveLength(0);
  expect(pods.every(({ pod }) => pod.spec.containers.length > 0)).toBe(true);
});

test.each(pods)('$file passes the rules', ({ pod }) => {
  expect(broken(pod)).toEqual([]);
});

test('a pod without security settings breaks the rules', () => {
  const { metadata, spec } = podIn('online-inference-pod');
  const bare = spec.containers.map(({ name, image }) => ({ name, image }));
  expect(broken({ metadata, spec: { containers: bare } })).toEqual([
    'runs as a numeric user that is not root',
    'seccomp RuntimeDefault',
    'no privilege escalation',
    'all capabilities dropped',
    'read-only root',
    'no service account token',
  ]);
});

const UNITS: Readonly<Record<string, number>> = { '': 1, m: 1e-3, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

/** Converts a quantity to cores or bytes. */
function amount(quantity: string | undefined): number {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(quantity ?? '') ?? [];
  const factor = UNITS[unit];
  if (digits === undefined || factor === undefined) {
    throw new Error(`this test cannot parse the quantity ${String(quantity)}`);
  }
  return Number(digits) * factor;
}

const withResources = pods.filter(({ file }) => file !== 'online-inference-pod.yaml');

/** Pods while all steps run, and one of them is in a blue-green rollout. */
const count = ({ file, replicas }: PlacedPod) =>
  file === 'online-inference-deployment-blue-green.yaml' ? 2 * replicas : replicas;

function requested(resource: 'cpu' | 'memory'): number {
  const requests = withResources.flatMap((placed) =>
    placed.pod.spec.containers.map(
      ({ resources }) => count(placed) * amount(resources?.requests?.[resource]),
    ),
  );
  return requests.reduce((sum, request) => sum + request, 0);
}

test('only the simplest pod has no resources', () => {
  expect(podIn('online-inference-pod').spec.containers[0]).not.toHaveProperty('resources');
  expect(withResources).toHaveLength(pods.length - 1);
});

test.each(withResources)('$file: CPU and memory have requests and limits, 0 < request <= limit', ({ pod }) => {
  expect(pod.spec.containers).not.toHaveLength(0);
  for (const { resources } of pod.spec.containers) {
    for (const resource of ['cpu', 'memory']) {
      const request = amount(resources?.requests?.[resource]);
      expect(request).toBeGreaterThan(0);
      expect(amount(resources?.limits?.[resource])).toBeGreaterThanOrEqual(request);
    }
  }
});

test('all of dist/ fits 2 cores and 4 GiB during a blue-green rollout', () => {
  expect(requested('cpu')).toBeGreaterThan(0);
  expect(requested('cpu')).toBeLessThanOrEqual(2);
  expect(requested('memory')).toBeLessThanOrEqual(4 * 2 ** 30);
});
