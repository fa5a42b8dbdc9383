import type { TSchema, Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error.ts';
import { firstMismatch } from '../errors/schema-error.ts';
import { apiVersionOf, workloadKinds, type WorkloadKind } from '../rules/kinds.ts';
import { withConfigMaps, type ConfigMaps } from './config-maps.ts';
import { decode } from './decode.ts';
import type { Manifest } from './documents.ts';
import { withLimitRanges } from './limit-range.ts';
import { ControllerManifest, PodManifest } from './manifest-schema.ts';
import type { LimitRangeItem } from './surrounding-schema.ts';
import { podTemplate } from './template.ts';
import { checkWorkload } from './validation/workload.ts';
import type { WorkloadSpec } from './workload-spec.ts';

export type { Manifest };

/** What an error message expects of a manifest. */
export const EXPECTED_WORKLOAD =
  'expected a Deployment, ReplicaSet, StatefulSet or DaemonSet of apps/v1, or a Pod of v1';

const dotted = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.') || 'the manifest';

/** Narrows a manifest that the API server accepts to the fields that a prediction reads. */
function checked<T extends TSchema>(schema: T, manifest: Manifest, origin: string): Static<T> {
  if (Value.Check(schema, manifest)) return manifest;
  const { path, is, expected } = firstMismatch(schema, manifest);
  throw new InputError(`${origin}: ${dotted(path)} is ${is}, expected ${expected}`);
}

const MAX_REASONS = 3;

/** @throws InputError with the first reasons for which the API server refuses the manifest */
function accepted(kind: WorkloadKind, manifest: Manifest, origin: string): Manifest {
  const { decoded, refused } = decode(kind, manifest);
  const reasons = refused.length > 0 ? refused : [...new Set(checkWorkload(kind, decoded))];
  if (reasons.length === 0) return decoded;
  const more = reasons.length > MAX_REASONS ? [`and ${reasons.length - MAX_REASONS} more`] : [];
  throw new InputError(`${origin}: ${[...reasons.slice(0, MAX_REASONS), ...more].join('; ')}`);
}

/** Returns the kind of a manifest whose rollout can be predicted; undefined for any other manifest. */
export const workloadKind = ({ apiVersion, kind }: Manifest): WorkloadKind | undefined =>
  workloadKinds.find((each) => each === kind && apiVersionOf(each) === apiVersion);

/**
 * Returns the workload of a manifest with the defaults of Kubernetes filled in.
 *
 * @param limits the LimitRanges of its namespace
 * @param configMaps the ConfigMaps of its namespace
 * @throws InputError if the API server would reject it
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/apps/v1/defaults.go
 */
export function workloadSpec(
  manifest: Manifest,
  origin: string,
  limits: readonly LimitRangeItem[] = [],
  configMaps: ConfigMaps = new Map(),
): WorkloadSpec {
  const kind = workloadKind(manifest);
  if (kind === undefined) {
    throw new InputError(
      `${origin}: ${JSON.stringify(manifest['kind'])} of ${JSON.stringify(manifest['apiVersion'])} is not a workload, ${EXPECTED_WORKLOAD}`,
    );
  }
  const { apiVersion, metadata, spec } =
    kind === 'Pod'
      ? asController(checked(PodManifest, accepted(kind, manifest, origin), origin))
      : checked(ControllerManifest, accepted(kind, manifest, origin), origin);
  return {
    apiVersion,
    kind,
    name: metadata.name ?? metadata.generateName ?? 'unnamed',
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    replicas: spec.replicas ?? 1,
    minReadySeconds: spec.minReadySeconds ?? 0,
    strategy: strategyOf(kind, spec),
    startOrdinal: spec.ordinals?.start ?? 0,
    parallel: spec.podManagementPolicy === 'Parallel',
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    paused: spec.paused ?? false,
    template: podTemplate(
      withConfigMaps(withLimitRanges(spec.template, limits), configMaps),
      metadata.namespace,
      spec.template,
    ),
  };
}

/** Returns how a workload replaces its pods, with the defaults of its kind. */
function strategyOf(
  kind: WorkloadKind,
  { strategy, updateStrategy }: ControllerManifest['spec'],
): WorkloadSpec['strategy'] {
  if (kind !== 'StatefulSet' && kind !== 'DaemonSet') {
    const { type = 'RollingUpdate', rollingUpdate } = strategy ?? {};
    const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
    return { type, maxSurge, maxUnavailable };
  }
  const { type = 'RollingUpdate', rollingUpdate } = updateStrategy ?? {};
  const { maxSurge = 0, maxUnavailable = 1, partition = 0 } = rollingUpdate ?? {};
  const common = { type, maxSurge, maxUnavailable };
  if (kind === 'DaemonSet') return common;
  // A type without rollingUpdate keeps no partition, not even the default one.
  const hasPartition = updateStrategy?.type === undefined || rollingUpdate !== undefined;
  const countsUnavailable = rollingUpdate?.maxUnavailable !== undefined;
  return { ...common, countsUnavailable, ...(hasPartition && { partition }) };
}

/** A bare Pod, as a controller with one replica. */
const asController = ({ apiVersion, metadata, spec }: PodManifest): ControllerManifest => ({
  apiVersion,
  kind: 'Pod',
  metadata,
  spec: { replicas: 1, template: { metadata, spec } },
});
