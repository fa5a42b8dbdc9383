import { Type } from '@sinclair/typebox';
import { INFERENCE_RESOURCES, USER } from '../../../constructs/image';
import type * as k8s from '../../../imports/k8s';
import { plainResources, type PlainResources } from '../resources';
import { flag, group, integer, list, name, quantities, RESERVED_LABELS, strings } from './kinds';

const MAX_ID = 2_147_483_647;

/** Values of the pods. */
export const pods = {
  resources: Type.Unsafe<PlainResources>({
    type: 'object',
    default: plainResources(INFERENCE_RESOURCES),
    additionalProperties: false,
    properties: { limits: quantities, requests: quantities },
    description: 'CPU and memory of a pod: requests and limits',
  }),
  podSecurityContext: group(
    'User and group of the process; the remaining settings for Pod Security "restricted" cannot be changed',
    {
      runAsUser: integer({ default: USER, minimum: 1, maximum: MAX_ID, description: 'user ID, not 0' }),
      runAsGroup: integer({ default: USER, minimum: 1, maximum: MAX_ID, description: 'group ID' }),
    },
  ),
  serviceAccount: group('ServiceAccount of the pods; its token is not mounted', {
    create: flag('create a ServiceAccount'),
    name: name(
      "name of the ServiceAccount; empty selects the release's name when it is created, and the namespace's default otherwise",
    ),
    annotations: strings('annotations of the ServiceAccount'),
  }),
  annotations: strings('Annotations of the Deployment'),
  podLabels: strings("Labels of the pods, added to the chart's own", RESERVED_LABELS),
  podAnnotations: strings('Annotations of the pods', { not: { const: 'checksum/config' } }),
  extraEnv: list<k8s.EnvVar>('Environment variables of the container; they override `config`'),
  extraVolumes: list<k8s.Volume>('Volumes of the pods'),
  extraVolumeMounts: list<k8s.VolumeMount>('Volume mounts of the container'),
  nodeSelector: strings('Labels that a node must have to run the pods'),
  tolerations: list<k8s.Toleration>('Node taints that the pods tolerate'),
  affinity: Type.Unsafe<k8s.Affinity>({
    type: 'object',
    default: {},
    additionalProperties: false,
    properties: {
      nodeAffinity: { type: 'object' },
      podAffinity: { type: 'object' },
      podAntiAffinity: { type: 'object' },
    },
    description: 'Scheduling rules for the pods: `nodeAffinity`, `podAffinity` and `podAntiAffinity`',
  }),
  priorityClassName: name('PriorityClass of the pods'),
};
