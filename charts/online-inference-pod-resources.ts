import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { INFERENCE_RESOURCES } from '../constructs/image';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { steadyImage, type Settings } from '../settings';

/**
 * Step 2a: the scheduler reserves the requests on a node. Beyond the limits, the kernel throttles the CPU and kills
 * the process that runs out of memory.
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
