import { Type } from '@sinclair/typebox';
import type * as k8s from '../../../imports/k8s';
import { INFERENCE_RESOURCES } from '../../../constructs/inference-resources';
import { plainResources, type PlainResources } from '../../../constructs/quantities';
import { USER } from '../../../constructs/user';
import { flag, group, list, name, quantities, RESERVED_LABELS, strings, whole } from './kinds';

/** What the pods are like. */
export const pods = {
  resources: Type.Unsafe<PlainResources>({
    type: 'object',
    default: plainResources(INFERENCE_RESOURCES),
    additionalProperties: false,
    properties: { limits: quantities, requests: quantities },
    description: 'CPU and memory that a pod asks for, and may use',
  }),
  podSecurityContext: group('Who the process runs as; the rest passes Pod Security "restricted", always', {
    runAsUser: whole({
      default: USER,
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'user, not root',
    }),
    runAsGroup: whole({ default: USER, minimum: 1, maximum: 2_147_483_647, description: 'group' }),
  }),
  serviceAccount: group('The account that the pods run under; they get no token of it', {
    create: flag('whether the chart makes one'),
    name: name("its name; empty is the release's when it is made, and the namespace's default otherwise"),
    annotations: strings('annotations of the ServiceAccount'),
  }),
  annotations: strings('Annotations of the Deployment'),
  podLabels: strings('Labels of the pods, besides their own', RESERVED_LABELS),
  podAnnotations: strings('Annotations of the pods', { not: { const: 'checksum/config' } }),
  extraEnv: list<k8s.EnvVar>('Environment variables, which win over `config`'),
  extraVolumes: list<k8s.Volume>('Volumes of the pods'),
  extraVolumeMounts: list<k8s.VolumeMount>('Where the container sees them'),
  nodeSelector: strings('Labels of the nodes that the pods may run on'),
  tolerations: list<k8s.Toleration>('Taints of nodes that the pods bear'),
  affinity: Type.Unsafe<k8s.Affinity>({
    type: 'object',
    default: {},
    additionalProperties: false,
    properties: {
      nodeAffinity: { type: 'object' },
      podAffinity: { type: 'object' },
      podAntiAffinity: { type: 'object' },
    },
    description: 'Which nodes and neighbours the pods prefer',
  }),
  priorityClassName: name('The PriorityClass of the pods'),
};
