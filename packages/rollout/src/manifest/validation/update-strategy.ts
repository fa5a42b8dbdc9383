import { invalid, nonNegative, notSupported, required } from '../field-error.ts';
import { checkDnsLabel } from './formats.ts';
import type { LooseWorkloadSpec } from './loose.ts';
import { checkAtMostAll, checkPercent, isZero } from './percent.ts';

type RollingUpdate = NonNullable<NonNullable<LooseWorkloadSpec['updateStrategy']>['rollingUpdate']>;

function* checkDaemonSetLimits(
  { maxUnavailable = 1, maxSurge = 0 }: RollingUpdate,
  path: string,
): Generator<string> {
  yield* checkPercent(`${path}.maxUnavailable`, maxUnavailable);
  yield* checkPercent(`${path}.maxSurge`, maxSurge);
  yield* checkAtMostAll(`${path}.maxUnavailable`, maxUnavailable);
  yield* checkAtMostAll(`${path}.maxSurge`, maxSurge);
  if (!isZero(maxUnavailable) && !isZero(maxSurge))
    yield invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero');
  if (isZero(maxUnavailable) && isZero(maxSurge))
    yield required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0');
}

/** Yields errors for the update strategy of a DaemonSet. @see `ValidateDaemonSetUpdateStrategy` */
export function* checkDaemonSet(spec: LooseWorkloadSpec): Generator<string> {
  const { updateStrategy = {}, revisionHistoryLimit } = spec;
  yield* nonNegative('spec.revisionHistoryLimit', revisionHistoryLimit);
  const { type = 'RollingUpdate', rollingUpdate = {} } = updateStrategy;
  const path = 'spec.updateStrategy';
  if (type === 'RollingUpdate') yield* checkDaemonSetLimits(rollingUpdate, `${path}.rollingUpdate`);
  else if (type !== 'OnDelete') yield notSupported(path, updateStrategy, ['RollingUpdate', 'OnDelete']);
}

/** Yields errors for the fields that only a StatefulSet has. @see `ValidateStatefulSetSpec` */
export function* checkStatefulSet(spec: LooseWorkloadSpec): Generator<string> {
  const { updateStrategy = {}, podManagementPolicy = 'OrderedReady', ordinals } = spec;
  const { type = 'RollingUpdate', rollingUpdate } = updateStrategy;
  if (!['OrderedReady', 'Parallel'].includes(podManagementPolicy))
    yield invalid('spec.podManagementPolicy', podManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
  yield* nonNegative('spec.ordinals.start', ordinals?.start);
  yield* checkDnsLabel('spec.serviceName', spec.serviceName);
  const path = 'spec.updateStrategy';
  if (type === 'OnDelete' && rollingUpdate)
    yield invalid(`${path}.rollingUpdate`, rollingUpdate, "only allowed for updateStrategy 'RollingUpdate'");
  else if (type === 'RollingUpdate' && rollingUpdate) {
    const { partition, maxUnavailable } = rollingUpdate;
    yield* nonNegative(`${path}.rollingUpdate.partition`, partition);
    if (maxUnavailable === undefined) return;
    yield* checkPercent(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable);
    if (isZero(maxUnavailable))
      yield invalid(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, 'cannot be 0');
    yield* checkAtMostAll(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable);
  } else if (!['RollingUpdate', 'OnDelete'].includes(type))
    yield invalid(path, updateStrategy, "must be 'RollingUpdate' or 'OnDelete'");
}
