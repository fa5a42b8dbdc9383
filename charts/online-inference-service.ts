import { Duration } from 'cdk8s';
import { ConfigMap, Env, Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { given, optional, present, when, type Flag, type Release } from '@online-inference/cdk8s-helm';
import { HTTP_PORT } from '../constructs/http-port';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { inferenceProbes } from '../constructs/inference-probes';
import { quantities } from '../constructs/quantities';
import { dashboard } from './online-inference-service/parts/dashboard';
import { ServiceDeployment } from './online-inference-service/parts/deployment';
import { imageOf } from './online-inference-service/parts/image';
import * as objects from './online-inference-service/parts/objects';
import type { ServiceRollout } from './online-inference-service/parts/rollout';
import type { ServiceValues } from './online-inference-service/parts/values';

/** Properties of `OnlineInferenceService`. */
export interface OnlineInferenceServiceProps {
  /** What a user may change: the values themselves, or references to what Helm reads. */
  readonly values: ServiceValues;
  readonly release: Release;
  readonly rollout: ServiceRollout;
}

/**
 * Bonus: a ConfigMap with the service's settings, a Service, and the Deployment that uses both, with a
 * PodDisruptionBudget and a NetworkPolicy for its pods. What else its values can ask for is off by default.
 * Its Helm chart is made of this class, too.
 */
export class OnlineInferenceService extends InferenceChart {
  readonly purpose = 'bonus: a ConfigMap, a Service, and the Deployment that uses both';

  constructor(scope: Construct, { values, release, rollout }: OnlineInferenceServiceProps) {
    super(scope, 'online-inference-service', release);
    const { config, image, service } = values;
    const metadata = { name: release.fullname };

    const data = release.share('config', {
      DECISION_THRESHOLD: String(config.decisionThreshold),
      DRAIN_DELAY_SECONDS: String(config.drainDelaySeconds),
      LOG_LEVEL: config.logLevel,
    });
    new ConfigMap(this, 'config', { metadata, data: data.content });
    const configMap = ConfigMap.fromConfigMapName(this, 'config-name', release.fullname);

    const deployment = new ServiceDeployment(this, 'deployment', {
      values,
      release,
      rollout,
      pods: this.pods,
    });
    this.run(
      deployment,
      new InferenceContainer({
        image: imageOf(values, release),
        envFrom: [Env.fromConfigMap(configMap)],
        ...inferenceProbes(Duration.seconds(values.latestStartSeconds)),
        fields: {
          imagePullPolicy: image.pullPolicy,
          ...present({
            resources: quantities(values.resources),
            env: [...values.extraEnv],
            volumeMounts: [...values.extraVolumeMounts],
          }),
        },
      }),
    );
    // Environment variables are read once, at a container's start: a changed template is what starts new ones.
    const annotations = { 'checksum/config': data.sha256, ...values.podAnnotations };
    for (const [annotation, value] of Object.entries(annotations)) {
      deployment.podMetadata.addAnnotation(annotation, value);
    }

    const entry = new Service(this, 'service', {
      metadata: { ...metadata, annotations: service.annotations },
      type: service.type,
      ports: [
        {
          name: 'http',
          port: service.port,
          targetPort: HTTP_PORT,
          ...when(given(service.nodePort), { nodePort: service.nodePort }),
        },
      ],
    });
    for (const [label, value] of Object.entries(release.selectorLabels)) {
      entry.selectLabel(label, value);
    }

    const whenever = (
      flag: Flag,
      make: (scope: Construct, values: ServiceValues, release: Release) => void,
    ) => {
      optional(this, make.name, flag, (inner) => {
        make(inner, values, release);
      });
    };
    whenever(values.serviceAccount.create, objects.serviceAccount);
    whenever(values.autoscaling.enabled, objects.autoscaler);
    whenever(values.podDisruptionBudget.enabled, objects.disruptionBudget);
    whenever(values.networkPolicy.enabled, objects.networkPolicy);
    whenever(values.ingress.enabled, objects.ingress);
    whenever(values.httpRoute.enabled, objects.httpRoute);
    whenever(values.serviceMonitor.enabled, objects.serviceMonitor);
    whenever(values.dashboard.enabled, dashboard);
  }
}
