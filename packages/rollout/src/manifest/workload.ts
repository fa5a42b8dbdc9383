import type { TSchema, Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error.ts';
import { firstMismatch } from '../errors/schema-error.ts';
import { apiVersionOf, workloadKinds, type WorkloadKind } from '../rules/kinds.ts';
import { ControllerManifest, PodManifest } from './manifest-schema.ts';
import { refusal } from './refusal.ts';
import { podTemplate } from './template.ts';
import type { WorkloadSpec } from './workload-spec.ts';

/** A Kubernetes manifest as it was read. It may have any fields. */
export type Manifest = Readonly<Record<string, unknown>>;

/** What an error message expects of a manifest. */
export const EXPECTED_WORKLOAD = 'expected a Deployment or ReplicaSet of apps/v1, or a Pod of v1';

const dotted = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.') || 'the manifest';

/** Removes the fields that are null, which Kubernetes treats as absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

function checked<T extends TSchema>(schema: T, given: Manifest, origin: string): Static<T> {
  const manifest = withoutNulls(given);
  if (Value.Check(schema, manifest)) return manifest;
  const { path, is, expected } = firstMismatch(schema, manifest);
  throw new InputError(`${origin}: ${dotted(path)} is ${is}, expected ${expected}`);
}

/** Returns the kind of a manifest whose rollout can be predicted; undefined for any other manifest. */
export const workloadKind = ({ apiVersion, kind }: Manifest): WorkloadKind | undefined =>
  workloadKinds.find((each) => each === kind && apiVersionOf(each) === apiVersion);

/**
 * Returns the workload of a manifest with the defaults of Kubernetes filled in.
 *
 * @throws InputError if the API server would reject it
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/apps/v1/defaults.go
 */
export function workloadSpec(manifest: Manifest, origin: string): WorkloadSpec {
  const kind = workloadKind(manifest);
  if (kind === undefined) {
    throw new InputError(
      `${origin}: ${JSON.stringify(manifest['kind'])} of ${JSON.stringify(manifest['apiVersion'])} is not a workload, ${EXPECTED_WORKLOAD}`,
    );
  }
  const { apiVersion, metadata, spec } =
    kind === 'Pod'
      ? asController(checked(PodManifest, manifest, origin))
      : checked(ControllerManifest, manifest, origin);
  const { type = 'RollingUpdate', rollingUpdate } = spec.strategy ?? {};
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
  const workload: WorkloadSpec = {
    apiVersion,
    kind,
    name: metadata.name ?? metadata.generateName ?? 'unnamed',
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    replicas: spec.replicas ?? 1,
    minReadySeconds: spec.minReadySeconds ?? 0,
    strategy: { type, maxSurge, maxUnavailable },
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    paused: spec.paused ?? false,
    template: podTemplate(spec.template),
  };
  const why = refusal(workload, spec);
  if (why) throw new InputError(`${origin}: ${why}`);
  return workload;
}

/** A bare Pod, as a controller with one replica. */
const asController = ({ apiVersion, metadata, spec }: PodManifest): ControllerManifest => ({
  apiVersion,
  kind: 'Pod',
  metadata,
  spec: { replicas: 1, template: { metadata, spec } },
});
