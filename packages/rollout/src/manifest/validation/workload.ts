import type { Manifest } from '../documents.ts';
import { forbidden, invalid, nonNegative, notSupported, required } from '../field-error.ts';
import { selects } from '../selector.ts';
import { checkLabelKey, checkLabels } from './formats.ts';
import type { LooseMetadata, LoosePodSpec, LooseWorkloadSpec } from './loose.ts';
import { checkSelector } from './placement.ts';
import { checkAtMostAll, checkPercent, isZero } from './percent.ts';
import { checkMetadata, checkPodSpec } from './pod.ts';
import { checkDaemonSet, checkStatefulSet } from './update-strategy.ts';

type RollingUpdate = NonNullable<NonNullable<LooseWorkloadSpec['strategy']>['rollingUpdate']>;

function* checkRollingUpdate(rollingUpdate: RollingUpdate, path: string): Generator<string> {
  const { maxUnavailable = '25%', maxSurge = '25%' } = rollingUpdate;
  yield* checkPercent(`${path}.maxUnavailable`, maxUnavailable);
  yield* checkPercent(`${path}.maxSurge`, maxSurge);
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    yield invalid(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0');
  }
  yield* checkAtMostAll(`${path}.maxUnavailable`, maxUnavailable);
}

const replaceStrategy = "; replace both with --set 'spec.strategy={type: Recreate}'";

function* checkStrategy({ strategy = {} }: LooseWorkloadSpec): Generator<string> {
  const { type = 'RollingUpdate', rollingUpdate } = strategy;
  if (type === 'RollingUpdate') yield* checkRollingUpdate(rollingUpdate ?? {}, 'spec.strategy.rollingUpdate');
  else if (type !== 'Recreate') yield notSupported('spec.strategy', strategy, ['Recreate', 'RollingUpdate']);
  else if (rollingUpdate) {
    const detail = `may not be specified when strategy \`type\` is 'Recreate'${replaceStrategy}`;
    yield forbidden('spec.strategy.rollingUpdate', detail);
  }
}

function* checkWorkloadSelector(kind: string, { selector, template }: LooseWorkloadSpec): Generator<string> {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  if (!selector) {
    yield required('spec.selector');
    return;
  }
  yield* checkSelector(selector, 'spec.selector');
  if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
    yield invalid(
      'spec.selector',
      selector,
      `empty selector is invalid for ${kind === 'ReplicaSet' ? 'deployment' : kind.toLowerCase()}`,
    );
    return;
  }
  const { labels = {} } = template?.metadata ?? {};
  const expressions = matchExpressions.map(({ key = '', operator = '', values = [] }) => ({
    key,
    operator,
    values,
  }));
  if (selects({ matchLabels, matchExpressions: expressions }, labels)) return;
  yield invalid(
    'spec.template.metadata.labels',
    labels,
    `\`selector\` does not match template \`labels\`: spec.selector is ${JSON.stringify(selector)}`,
  );
}

function* checkTemplate(
  kind: string,
  { template, volumeClaimTemplates = [] }: LooseWorkloadSpec,
): Generator<string> {
  const { metadata, spec = {} } = template ?? {};
  yield* checkLabels('spec.template.metadata.labels', metadata?.labels);
  for (const key of Object.keys(metadata?.annotations ?? {})) {
    yield* checkLabelKey('spec.template.metadata.annotations', key.toLowerCase());
  }
  // The controller adds a volume for each claim template.
  const claimed = volumeClaimTemplates.map((claim) => ({
    name: claim.metadata?.name ?? '',
    persistentVolumeClaim: { claimName: claim.metadata?.name ?? '' },
  }));
  yield* checkPodSpec({ ...spec, volumes: [...(spec.volumes ?? []), ...claimed] }, 'spec.template.spec');
  const { restartPolicy = 'Always', activeDeadlineSeconds, ephemeralContainers = [] } = spec;
  if (restartPolicy !== 'Always')
    yield notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
  if (activeDeadlineSeconds !== undefined) {
    yield forbidden(
      'spec.template.spec.activeDeadlineSeconds',
      `activeDeadlineSeconds in ${kind === 'Deployment' ? 'ReplicaSet' : kind} is not Supported`,
    );
  }
  if (ephemeralContainers.length > 0) {
    yield forbidden(
      'spec.template.spec.ephemeralContainers',
      'ephemeral containers not allowed in pod template',
    );
  }
}

function* checkDeployment(spec: LooseWorkloadSpec): Generator<string> {
  const { minReadySeconds = 0, progressDeadlineSeconds = 600 } = spec;
  yield* checkStrategy(spec);
  yield* nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit);
  yield* nonNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds);
  if (progressDeadlineSeconds <= minReadySeconds) {
    yield invalid(
      'spec.progressDeadlineSeconds',
      progressDeadlineSeconds,
      'must be greater than minReadySeconds',
    );
  }
}

/**
 * Yields why the API server would refuse a workload whose fields all have the right type.
 *
 * @param manifest as `decode` returns it
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/apps/validation/validation.go
 */
export function* checkWorkload(kind: string, manifest: Manifest): Generator<string> {
  const { metadata = {}, spec = {} } = manifest as { metadata?: LooseMetadata; spec?: LooseWorkloadSpec };
  yield* checkMetadata(metadata, 'metadata');
  if (kind === 'Pod') {
    yield* checkPodSpec(spec as LoosePodSpec, 'spec');
    return;
  }
  if (kind === 'StatefulSet' && metadata.name?.includes('.')) {
    yield invalid('metadata.name', metadata.name, 'must not contain dots');
  }
  yield* nonNegative('spec.replicas', spec.replicas);
  yield* checkWorkloadSelector(kind, spec);
  yield* checkTemplate(kind, spec);
  yield* nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  if (kind === 'Deployment') yield* checkDeployment(spec);
  else if (kind === 'StatefulSet') yield* checkStatefulSet(spec);
  else if (kind === 'DaemonSet') yield* checkDaemonSet(spec);
}
