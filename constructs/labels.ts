import { sha256, type Release } from '@online-inference/cdk8s-helm';

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';

/**
 * The recommended labels of everything in a chart.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(instance: string): Record<string, string> {
  return {
    [NAME]: 'online-inference',
    [INSTANCE]: instance,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/**
 * The labels that one instance's pods have and no other's: a ReplicaSet adopts every bare Pod
 * that its selector matches, and `kubectl apply -f dist/` makes all of them at once.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions
 */
export function selectorLabels(instance: string): Record<string, string> {
  return { [NAME]: 'online-inference', [INSTANCE]: instance };
}

/** Names and labels of a manifest that `kubectl apply` installs. */
export function plainRelease(
  instance: string,
  appVersion: string,
  commonLabels: Readonly<Record<string, string>> = {},
): Release {
  const labels = { ...recommendedLabels(instance), ...commonLabels };
  return {
    name: instance,
    fullname: instance,
    labels,
    podLabels: labels,
    selectorLabels: selectorLabels(instance),
    appVersion,
    share: (_name, content) => ({ content, sha256: sha256(content) }),
  };
}
