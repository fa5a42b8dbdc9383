import { selects } from './selector.ts';
import type { ControllerManifest } from './manifest-schema.ts';
import type { WorkloadSpec } from './workload-spec.ts';

type Given = ControllerManifest['spec'];

const isZero = (value: number | string): boolean => Number.parseInt(String(value), 10) === 0;

function selectorRefusal({ selector, template }: Given): string | undefined {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  if (!selector || Object.keys(matchLabels).length + matchExpressions.length === 0) {
    return 'spec.selector is missing or empty, expected a selector that matches spec.template.metadata.labels';
  }
  const labels = template.metadata?.labels ?? {};
  return selects(selector, labels)
    ? undefined
    : `spec.selector ${JSON.stringify(selector)} does not match spec.template.metadata.labels ${JSON.stringify(labels)}`;
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/core/validation/validation.go `validateLivenessProbe` */
function probeRefusal({ template: { spec } }: Given, podPath: string): string | undefined {
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [index, each] of (spec[list] ?? []).entries()) {
      for (const probe of ['livenessProbe', 'startupProbe'] as const) {
        const { successThreshold = 1 } = each[probe] ?? {};
        if (successThreshold === 1) continue;
        return `${podPath}.${list}[${index}].${probe}.successThreshold is ${successThreshold}, expected 1: only a readinessProbe may have another`;
      }
    }
  }
  return undefined;
}

function deploymentRefusal(workload: WorkloadSpec, { strategy: given }: Given): string | undefined {
  const { minReadySeconds, progressDeadlineSeconds, strategy } = workload;
  const { type, maxSurge, maxUnavailable } = strategy;
  if (type === 'Recreate' && given?.rollingUpdate) {
    return "spec.strategy.rollingUpdate is not allowed when spec.strategy.type is Recreate: replace both with --set 'spec.strategy={type: Recreate}'";
  }
  if (type === 'RollingUpdate' && isZero(maxSurge) && isZero(maxUnavailable)) {
    return `maxSurge ${maxSurge} and maxUnavailable ${maxUnavailable} must not both be 0: no pod could be replaced`;
  }
  if (typeof maxUnavailable === 'string' && Number.parseInt(maxUnavailable, 10) > 100) {
    return `maxUnavailable ${maxUnavailable} must not be greater than 100%`;
  }
  if (progressDeadlineSeconds <= minReadySeconds) {
    return `progressDeadlineSeconds ${progressDeadlineSeconds} must be greater than minReadySeconds ${minReadySeconds}`;
  }
  return undefined;
}

/**
 * Returns why the API server would reject a workload whose fields all have the right type.
 *
 * @param given the spec as the manifest has it; for a Pod, as the template of a controller
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/apps/validation/validation.go
 */
export function refusal(workload: WorkloadSpec, given: Given): string | undefined {
  const { kind, template } = workload;
  if (kind === 'Pod') return probeRefusal(given, 'spec');
  if (!template.restarts) return `spec.template.spec.restartPolicy of a ${kind} must be Always`;
  return (
    selectorRefusal(given) ??
    probeRefusal(given, 'spec.template.spec') ??
    (kind === 'Deployment' ? deploymentRefusal(workload, given) : undefined)
  );
}
