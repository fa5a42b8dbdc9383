import { podIn, pods } from '../support/dist';
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
