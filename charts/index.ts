import type { Construct } from 'constructs';
import type { InferenceChart } from '../constructs/inference-chart';
import type { Settings } from '../settings';
import { OnlineInferenceDeploymentBlueGreen } from './online-inference-deployment-blue-green';
import { OnlineInferenceDeploymentRollingUpdate } from './online-inference-deployment-rolling-update';
import { OnlineInferencePod } from './online-inference-pod';
import { OnlineInferencePodProbes } from './online-inference-pod-probes';
import { OnlineInferencePodResources } from './online-inference-pod-resources';
import { OnlineInferenceReplicaset } from './online-inference-replicaset';
import { OnlineInferenceService, plainService } from './online-inference-service';

/** Creates every step of the homework, in its order. A new step is a chart file and a line here. */
export function homework(scope: Construct, settings: Settings): InferenceChart[] {
  return [
    new OnlineInferencePod(scope, settings),
    new OnlineInferencePodResources(scope, settings),
    new OnlineInferencePodProbes(scope, settings),
    new OnlineInferenceReplicaset(scope, settings),
    new OnlineInferenceDeploymentBlueGreen(scope, settings),
    new OnlineInferenceDeploymentRollingUpdate(scope, settings),
    new OnlineInferenceService(scope, plainService(settings)),
  ];
}
