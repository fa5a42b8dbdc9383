import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { GuaranteedDeployment, RolloutStrategy } from '../constructs/rollout-strategy';
import { steadyImage, type Settings } from '../settings';

/** Step 5b: in each rollout, old pods go down while new pods come up. */
export class OnlineInferenceDeploymentRollingUpdate extends InferenceChart {
  readonly purpose = 'step 5b: old pods go down while new pods come up';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-deployment-rolling-update');
    const { replicas } = settings;
    const rollout = RolloutStrategy.rolling();
    this.run(
      new GuaranteedDeployment(this, 'deployment', { ...this.pods, replicas, rollout }),
      InferenceContainer.probed(steadyImage(settings), settings),
    );
  }
}
