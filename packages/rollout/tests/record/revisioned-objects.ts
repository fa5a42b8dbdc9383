import type { Controller, ControllerRevision, Pod } from '../../src/record/api-objects.ts';
import type { WorkloadKind } from '../../src/rules/kinds.ts';
import { controller, pod, type ControllerParts, type PodParts } from './kubernetes-objects.ts';

/** A kind whose pods have a revision. */
export type Kind = Extract<WorkloadKind, 'StatefulSet' | 'DaemonSet'>;

/** What an update of the spec and of the status adds. */
export interface Fields extends ControllerParts {
  readonly updateStrategy?: Controller['spec']['updateStrategy'];
}
/** A StatefulSet or DaemonSet as the API server sends it. */
export function workload(kind: Kind, { updateStrategy, ...parts }: Fields = {}): Controller {
  const made = controller(parts);
  return { ...made, kind, spec: { ...made.spec, ...(updateStrategy && { updateStrategy }) } };
}

/** The revision of a template, as the controller of a kind creates it. */
export function revision(kind: Kind, env: string): ControllerRevision {
  const { metadata, spec } = controller({ env });
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `web-${env}`,
      namespace: 'default',
      uid: `revision-${env}`,
      labels:
        kind === 'DaemonSet' ? { 'controller-revision-hash': env } : { 'controller.kubernetes.io/hash': env },
      ownerReferences: [{ kind, uid: metadata.uid, controller: true }],
    },
    data: { spec: { template: spec.template } },
  };
}

/** A pod of a revision. The API server and the controllers add fields, so that its spec has not those of the template. */
export function podOf(kind: Kind, env: string, parts: PodParts = {}): Pod {
  const hash = kind === 'DaemonSet' ? env : `web-${env}`;
  const labels = { app: 'web', 'controller-revision-hash': hash };
  return pod({
    owner: 'web',
    env: 'other',
    life: 'ready',
    labels,
    uid: `${parts.name ?? 'web-0'}-${env}`,
    ...parts,
  });
}

/** The status of a StatefulSet of two pods whose second generation is complete. */
export const done = {
  observedGeneration: 2,
  replicas: 2,
  updatedReplicas: 2,
  readyReplicas: 2,
  availableReplicas: 2,
};
