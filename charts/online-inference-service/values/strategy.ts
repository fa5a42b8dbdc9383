import { Type, type TObject } from '@sinclair/typebox';
import type * as k8s from '../../../imports/k8s';
import { declarations, type Settings } from '../../../settings';
import { group, integer, oneOf, share, withDefault } from './kinds';

function properties({ readySpreadSeconds }: Settings) {
  return {
    type: oneOf(['rolling', 'blue-green', 'free'], {
      default: 'rolling',
      description:
        'named strategy; with rolling, old pods go down while new pods come up; with blue-green, all old and all new pods are ready at one moment; with free, `strategy.free` applies unchecked',
    }),
    maxSurge: share({ default: 1, description: 'for rolling: pods that may exist above the replicas' }),
    maxUnavailable: share({ default: 1, description: 'for rolling: replicas that may be missing' }),
    readySpreadSeconds: withDefault(
      declarations.properties.readySpreadSeconds,
      readySpreadSeconds,
      'for blue-green: longest time, in seconds, between the first and the last new pod becoming ready',
    ),
    overlapSeconds: integer({
      default: 20,
      minimum: 1,
      maximum: 300,
      description:
        'for blue-green: shortest time, in seconds, that all old and all new pods are ready together',
    }),
    minReadySeconds: integer({
      default: 0,
      minimum: 0,
      maximum: 3600,
      description: 'for rolling and free: seconds that a new pod must be ready before it counts as available',
    }),
    free: Type.Unsafe<k8s.DeploymentStrategy>({
      type: 'object',
      default: { type: 'RollingUpdate' },
      properties: { type: { enum: ['RollingUpdate', 'Recreate'] }, rollingUpdate: { type: 'object' } },
      required: ['type'],
      description: 'for free: the `strategy` of the Deployment',
    }),
  };
}

/** Declares how a rollout replaces the pods. */
export function strategy(settings: Settings): TObject<ReturnType<typeof properties>> {
  return group('How a rollout replaces the pods', properties(settings));
}
