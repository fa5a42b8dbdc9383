import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { INFERENCE_RESOURCES } from '../constructs/inference-resources';
import { steadyImage, type Settings } from '../settings';

/**
 * Step 2a: requests, which the scheduler sets aside on a node, and limits, beyond which the
 * CPU is throttled and the memory ends in an OOM kill.
 */
export class OnlineInferencePodResources extends InferenceChart {
  readonly purpose = 'step 2a: requests and limits';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-pod-resources');
    this.run(
      new Pod(this, 'pod', this.pods),
      new InferenceContainer({ image: steadyImage(settings), resources: INFERENCE_RESOURCES }),
    );
  }
}
