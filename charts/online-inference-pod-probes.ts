import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { behaviourAnnotations, DEMO_START_SECONDS, DRAIN_SECONDS } from '../constructs/image';
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
    const pod = new Pod(this, 'pod', this.pods);
    const annotations = behaviourAnnotations({ drain: DRAIN_SECONDS, startDelay: DEMO_START_SECONDS });
    for (const [annotation, value] of Object.entries(annotations))
      pod.metadata.addAnnotation(annotation, value);
    this.run(pod, InferenceContainer.probed(demoImage(settings), settings));
  }
}
