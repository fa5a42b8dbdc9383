import { Type, type Static, type TUnion, type TInteger, type TString } from '@sinclair/typebox';
import type { WorkloadKind } from '../rules/kinds.ts';
import { closed, count, oneOf, seconds, string } from './schema-parts.ts';

const intOrPercent = (description: string): TUnion<[TInteger, TString]> =>
  Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^[0-9]+%$' })], { description });

/** The workload that changes, and the fields of its spec that decide how the change proceeds. */
export const Workload = closed(
  'The workload that changes, and the fields of its spec that decide how the change proceeds.',
  {
    apiVersion: string('API version of the workload: apps/v1, or v1 for a Pod.'),
    kind: oneOf<WorkloadKind>('Kind of the workload.', {
      Deployment: 'Replaces its pods when the pod template changes.',
      ReplicaSet: 'Keeps its pods when the pod template changes, and uses the template for new pods only.',
      StatefulSet: 'Replaces its pods by the same name, from the highest ordinal down.',
      DaemonSet: 'Replaces its pods node by node.',
      Pod: 'A bare pod: a new image replaces its container in place.',
    }),
    name: string('Name of the workload.'),
    namespace: Type.Optional(string('Namespace of the workload. Absent if the manifest has none.')),
    replicas: closed(
      'Number of replicas before and after the changes; 1 and 1 for a Pod, the nodes for a DaemonSet.',
      {
        before: count('Replicas before the first change.'),
        after: count('Replicas after the last change.'),
      },
    ),
    minReadySeconds: Type.Optional(
      count(
        'Seconds that a pod must be ready before it counts as available. Absent for a Pod; 0 is the default of Kubernetes.',
      ),
    ),
    strategy: Type.Optional(
      oneOf('Strategy of the update. Absent for a ReplicaSet and a Pod.', {
        RollingUpdate: 'Replaces pods step by step.',
        Recreate: 'Removes all old pods before it creates new ones.',
        OnDelete: 'Replaces a pod when someone deletes it.',
      }),
    ),
    maxSurge: Type.Optional(
      intOrPercent(
        'Pods allowed above the replicas: a number, or a percentage that is rounded up. Only a workload that rolls has it.',
      ),
    ),
    maxUnavailable: Type.Optional(
      intOrPercent(
        'Pods of the replicas allowed to be unavailable: a number, or a percentage that is rounded down, of a DaemonSet up. Only a workload that rolls has it.',
      ),
    ),
    partition: Type.Optional(
      count('Pods of a StatefulSet that keep the old template, from the lowest ordinal. Absent for 0.'),
    ),
    parallel: Type.Optional(
      Type.Boolean({ description: 'True for a StatefulSet with podManagementPolicy Parallel.' }),
    ),
    progressDeadlineSeconds: Type.Optional(
      count('Seconds without progress after which a Deployment reports a failure. Only a Deployment has it.'),
    ),
  },
);
export type Workload = Static<typeof Workload>;

/** One change of the workload. */
export const Change = closed('One change of the workload, in words and in its parts.', {
  at: seconds('When the API server accepted the change'),
  description: string('The change in words, such as "image web:v2".'),
  image: Type.Optional(
    string('The new image, as `image` or `container=image`. Absent if it did not change.'),
  ),
  replicas: Type.Optional(count('The new number of replicas. Absent if it did not change.')),
  drainNode: Type.Optional(string('Node that was drained. Absent if none was.')),
  set: Type.Optional(
    Type.Array(
      closed('One field that was set.', {
        path: string('Path of the field, such as spec.strategy.rollingUpdate.maxSurge.'),
        value: Type.Unknown({ description: 'The new value of the field; null removes it.' }),
      }),
      { description: 'Other fields that were set. Absent if there are none.' },
    ),
  ),
});
export type Change = Static<typeof Change>;
