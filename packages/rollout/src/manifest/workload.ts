import type { TSchema, Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error';
import { misfit } from '../errors/schema-error';
import { ControllerManifest, PodManifest } from './manifest-schema';
import { refused } from './refused';
import { podTemplate } from './template';
import type { WorkloadSpec } from './workload-spec';

/** A manifest as read: any fields, of which some are known. */
export type Manifest = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, string>> = { Deployment: 'apps/v1', ReplicaSet: 'apps/v1', Pod: 'v1' };

const dotted = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.') || 'the manifest';

/** Kubernetes takes a field that is null for one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

function checked<T extends TSchema>(schema: T, given: Manifest, origin: string): Static<T> {
  const manifest = withoutNulls(given);
  if (Value.Check(schema, manifest)) return manifest;
  const { path, is, expected } = misfit(schema, manifest);
  throw new InputError(`${origin}: ${dotted(path)} is ${is}, expected ${expected}`);
}

/** Whether a document is one that a change can be predicted for. */
export function isWorkload({ apiVersion, kind }: Manifest): boolean {
  return typeof kind === 'string' && kinds[kind] === apiVersion;
}

/**
 * A workload with Kubernetes' defaults filled in.
 *
 * @throws InputError where the API server would refuse it
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/apps/v1/defaults.go
 */
export function workloadSpec(manifest: Manifest, origin: string): WorkloadSpec {
  if (!isWorkload(manifest)) {
    throw new InputError(
      `${origin}: ${JSON.stringify(manifest['kind'])} of ${JSON.stringify(manifest['apiVersion'])} is not a workload, expected a Deployment or ReplicaSet of apps/v1, or a Pod of v1`,
    );
  }
  const pod = manifest['kind'] === 'Pod';
  const { apiVersion, metadata, spec } = pod
    ? lonePod(checked(PodManifest, manifest, origin))
    : checked(ControllerManifest, manifest, origin);
  const { type = 'RollingUpdate', rollingUpdate } = spec.strategy ?? {};
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
  const workload: WorkloadSpec = {
    apiVersion,
    kind: manifest['kind'] as WorkloadSpec['kind'],
    name: metadata.name ?? metadata.generateName ?? 'unnamed',
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    replicas: spec.replicas ?? 1,
    minReadySeconds: spec.minReadySeconds ?? 0,
    strategy: { type, maxSurge, maxUnavailable },
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    paused: spec.paused ?? false,
    template: podTemplate(spec.template),
  };
  const refusal = refused(workload, spec);
  if (refusal) throw new InputError(`${origin}: ${refusal}`);
  return workload;
}

const lonePod = ({ apiVersion, metadata, spec }: PodManifest): ControllerManifest => ({
  apiVersion,
  kind: 'Pod',
  metadata,
  spec: { replicas: 1, template: { metadata, spec } },
});
