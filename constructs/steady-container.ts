import { Duration } from 'cdk8s';
import { steadyImage, type Settings } from '../settings';
import { InferenceContainer } from './inference-container';
import { inferenceProbes } from './inference-probes';
import { INFERENCE_RESOURCES } from './inference-resources';

/**
 * The container of every step from the ReplicaSet on: the steady image, with resources, and
 * with probes that also bear the late start of the demo image that it may be changed to.
 */
export function steadyContainer(settings: Settings): InferenceContainer {
  return new InferenceContainer({
    image: steadyImage(settings),
    resources: INFERENCE_RESOURCES,
    ...inferenceProbes(Duration.seconds(settings.latestStartSeconds)),
  });
}
