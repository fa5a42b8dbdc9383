import { sha256, type Release } from '@online-inference/cdk8s-helm';
import { SERVICE_NAME } from './image';

/** Label with the role of every object of the service. */
export const COMPONENT_LABEL = { 'app.kubernetes.io/component': 'model-server' };

/**
 * Labels that only the pods of one instance carry. `kubectl apply -f dist/` creates all steps at once, and a
 * ReplicaSet adopts every bare Pod that its selector matches.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions
 */
function selectorLabels(instance: string): Record<string, string> {
  return { 'app.kubernetes.io/name': SERVICE_NAME, 'app.kubernetes.io/instance': instance };
}

/**
 * Returns the names and labels of a manifest that is installed by `kubectl apply`, without Helm.
 *
 * @param instance name of the workload, and value of its label `app.kubernetes.io/instance`
 * @param appVersion version of the program, such as the tag of its image
 * @param commonLabels labels that every object carries besides the recommended ones. @default {}
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function plainRelease(
  instance: string,
  appVersion: string,
  commonLabels: Readonly<Record<string, string>> = {},
): Release {
  const labels = {
    ...selectorLabels(instance),
    ...COMPONENT_LABEL,
    'app.kubernetes.io/managed-by': 'cdk8s',
    ...commonLabels,
  };
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
