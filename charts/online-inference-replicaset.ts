import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { ReplicaSet } from '../constructs/replica-set';
import { steadyContainer } from '../constructs/steady-container';
import type { Settings } from '../settings';

/**
 * Step 4: a number of pods kept running. The template is used only to create pods, so a new
 * image reaches none that exist: fewer replicas leave old pods, more add new ones beside them.
 */
export class OnlineInferenceReplicaset extends InferenceChart {
  readonly purpose = 'step 4: a number of pods kept running';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-replicaset');
    const { replicas } = settings;
    this.run(new ReplicaSet(this, 'replicaset', { ...this.pods, replicas }), steadyContainer(settings));
  }
}
