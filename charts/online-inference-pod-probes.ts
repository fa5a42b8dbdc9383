import { Duration } from 'cdk8s';
import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { inferenceProbes } from '../constructs/inference-probes';
import { INFERENCE_RESOURCES } from '../constructs/inference-resources';
import { demoImage, type Settings } from '../settings';

/**
 * Step 3: the demo image starts 20 to 30 s late and crashes after some minutes. The startup
 * probe bears the late start, readiness keeps traffic away until the pod can serve it, and
 * liveness restarts a process that hangs.
 */
export class OnlineInferencePodProbes extends InferenceChart {
  readonly purpose = 'step 3: probes around an image that starts late, and crashes';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-pod-probes');
    this.run(
      new Pod(this, 'pod', this.pods),
      new InferenceContainer({
        image: demoImage(settings),
        resources: INFERENCE_RESOURCES,
        ...inferenceProbes(Duration.seconds(settings.latestStartSeconds)),
      }),
    );
  }
}
