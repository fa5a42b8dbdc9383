import { Type } from '@sinclair/typebox';
import { flag, group, integer, oneOf, share } from './kinds';

/** Values of the number of pods and of their placement. */
export const availability = {
  autoscaling: group('HorizontalPodAutoscaler; it replaces `replicaCount`', {
    enabled: flag('create a HorizontalPodAutoscaler'),
    minReplicas: integer({ default: 3, minimum: 1, maximum: 100, description: 'smallest number of pods' }),
    maxReplicas: integer({ default: 6, minimum: 1, maximum: 100, description: 'largest number of pods' }),
    targetCPUUtilizationPercentage: integer({
      default: 400,
      minimum: 1,
      maximum: 1000,
      description:
        'target of the average CPU usage, in percent of the CPU request; the limit is ten times the request by default',
    }),
    targetMemoryUtilizationPercentage: integer({
      default: 0,
      minimum: 0,
      maximum: 1000,
      description: 'target of the average memory usage, in percent of the memory request; 0 ignores memory',
    }),
  }),
  podDisruptionBudget: group('PodDisruptionBudget; it applies when nodes are drained', {
    enabled: flag('create a PodDisruptionBudget', true),
    minAvailable: share(
      { default: '', description: 'pods that must stay; replaces maxUnavailable unless it is empty' },
      true,
    ),
    maxUnavailable: share({ default: 1, description: 'pods that may be evicted at the same time' }),
  }),
  topologySpread: group('Spread of the pods of each revision over zones or nodes', {
    enabled: flag('spread the pods'),
    topologyKey: Type.String({
      default: 'kubernetes.io/hostname',
      minLength: 1,
      maxLength: 317,
      description: 'node label that defines the domains, such as topology.kubernetes.io/zone',
    }),
    maxSkew: integer({
      default: 1,
      minimum: 1,
      maximum: 100,
      description: 'largest difference in pods between two domains',
    }),
    whenUnsatisfiable: oneOf(['ScheduleAnyway', 'DoNotSchedule'], {
      default: 'ScheduleAnyway',
      description: 'what the scheduler does with a pod that would exceed maxSkew',
    }),
  }),
};
