import { Type } from '@sinclair/typebox';
import { flag, group, oneOf, share, whole } from './kinds';

/** How many pods there are, and where. */
export const availability = {
  autoscaling: group('A HorizontalPodAutoscaler, which then owns the number of pods', {
    enabled: flag('whether there is one'),
    minReplicas: whole({ default: 3, minimum: 1, maximum: 100, description: 'pods at the least' }),
    maxReplicas: whole({ default: 6, minimum: 1, maximum: 100, description: 'pods at the most' }),
    targetCPUUtilizationPercentage: whole({
      default: 400,
      minimum: 1,
      maximum: 1000,
      description:
        'CPU in use, in percent of what is requested, that it aims at; the limit is ten times the request',
    }),
    targetMemoryUtilizationPercentage: whole({
      default: 0,
      minimum: 0,
      maximum: 1000,
      description: 'the same for memory; 0 leaves memory out',
    }),
  }),
  podDisruptionBudget: group('A PodDisruptionBudget for nodes that are drained', {
    enabled: flag('whether there is one', true),
    minAvailable: share({ default: '', description: 'pods that stay, in place of maxUnavailable' }, true),
    maxUnavailable: share({ default: 1, description: 'pods that may go at once' }),
  }),
  topologySpread: group('Spreads the pods of each version over zones or nodes', {
    enabled: flag('whether it does'),
    topologyKey: Type.String({
      default: 'kubernetes.io/hostname',
      minLength: 1,
      maxLength: 317,
      description: 'label of nodes whose values are spread over',
    }),
    maxSkew: whole({
      default: 1,
      minimum: 1,
      maximum: 100,
      description: 'by how many pods values may differ',
    }),
    whenUnsatisfiable: oneOf(['ScheduleAnyway', 'DoNotSchedule'], {
      default: 'ScheduleAnyway',
      description: 'what to do with a pod for which there is no such node',
    }),
  }),
};
