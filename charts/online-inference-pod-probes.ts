import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { demoImage, type Settings } from '../settings';

/**
 * Step 3: the demo image starts 20 to 30 s late and crashes after some minutes. The startup probe allows for the late
 * start, the readiness probe keeps traffic away until the pod can serve, and the liveness probe restarts a process
 * that hangs.
 */
export class OnlineInferencePodProbes extends InferenceChart {
  readonly purpose = 'step 3: probes for an image that starts late and crashes';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-pod-probes');
    this.run(new Pod(this, 'pod', this.pods), InferenceContainer.probed(demoImage(settings), settings));
  }
}
