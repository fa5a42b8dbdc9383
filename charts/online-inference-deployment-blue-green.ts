import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { GuaranteedDeployment, RolloutStrategy } from '../constructs/rollout-strategy';
import { steadyImage, type Settings } from '../settings';

/** Step 5a: each rollout has a moment when all old and all new pods are ready. */
export class OnlineInferenceDeploymentBlueGreen extends InferenceChart {
  readonly purpose = 'step 5a: a moment when all old and all new pods are ready';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-deployment-blue-green');
    const { replicas, readySpreadSeconds } = settings;
    const rollout = RolloutStrategy.blueGreen({ readySpread: Duration.seconds(readySpreadSeconds) });
    this.run(
      new GuaranteedDeployment(this, 'deployment', { ...this.pods, replicas, rollout }),
      InferenceContainer.probed(steadyImage(settings), settings),
    );
  }
}
