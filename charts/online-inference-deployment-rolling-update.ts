import type { Construct } from 'constructs';
import { GuaranteedDeployment } from '../constructs/guaranteed-deployment';
import { InferenceChart } from '../constructs/inference-chart';
import { RolloutStrategy } from '../constructs/rollout-strategy';
import { steadyContainer } from '../constructs/steady-container';
import type { Settings } from '../settings';

/** Step 5b: old pods go down while new ones come up. */
export class OnlineInferenceDeploymentRollingUpdate extends InferenceChart {
  readonly purpose = 'step 5b: old pods go down while new ones come up';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-deployment-rolling-update');
    const { replicas } = settings;
    const rollout = RolloutStrategy.rolling();
    this.run(
      new GuaranteedDeployment(this, 'deployment', { ...this.pods, replicas, rollout }),
      steadyContainer(settings),
    );
  }
}
