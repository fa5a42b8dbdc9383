import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { GuaranteedDeployment } from '../constructs/guaranteed-deployment';
import { InferenceChart } from '../constructs/inference-chart';
import { RolloutStrategy } from '../constructs/rollout-strategy';
import { steadyContainer } from '../constructs/steady-container';
import type { Settings } from '../settings';

/** Step 5a: in each rollout a moment when all old and all new pods exist, all ready. */
export class OnlineInferenceDeploymentBlueGreen extends InferenceChart {
  readonly purpose = 'step 5a: a moment when all old and all new pods are ready';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-deployment-blue-green');
    const { replicas, readySpreadSeconds } = settings;
    const rollout = RolloutStrategy.blueGreen({ readySpread: Duration.seconds(readySpreadSeconds) });
    this.run(
      new GuaranteedDeployment(this, 'deployment', { ...this.pods, replicas, rollout }),
      steadyContainer(settings),
    );
  }
}
