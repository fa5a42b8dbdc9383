import { Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { steadyImage, type Settings } from '../settings';

/** Step 2: the simplest Pod that a careful engineer would still deploy. */
export class OnlineInferencePod extends InferenceChart {
  readonly purpose = 'step 2: the simplest Pod that runs the service';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-pod');
    this.run(new Pod(this, 'pod', this.pods), new InferenceContainer({ image: steadyImage(settings) }));
  }
}
