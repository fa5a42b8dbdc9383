import type { Construct } from 'constructs';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { ReplicaSet } from '../constructs/replica-set';
import { steadyImage, type Settings } from '../settings';

/**
 * Step 4: a ReplicaSet uses its template only to create pods, so a new image does not reach pods that exist. Fewer
 * replicas leave old pods; more replicas add new pods beside the old ones.
 */
export class OnlineInferenceReplicaset extends InferenceChart {
  readonly purpose = 'step 4: a number of pods kept running';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-replicaset');
    const { replicas } = settings;
    this.run(
      new ReplicaSet(this, 'replicaset', { ...this.pods, replicas }),
      InferenceContainer.probed(steadyImage(settings), settings),
    );
  }
}
