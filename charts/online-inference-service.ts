import {
  defaultsOf,
  given,
  optional,
  present,
  when,
  type Flag,
  type Release,
} from '@online-inference/cdk8s-helm';
import { Duration } from 'cdk8s';
import { ConfigMap, Env, Service, type IConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { behaviourAnnotations, HTTP_PORT, SERVICE_NAME } from '../constructs/image';
import { InferenceChart } from '../constructs/inference-chart';
import { InferenceContainer } from '../constructs/inference-container';
import { inferenceProbes } from '../constructs/inference-probes';
import { plainRelease } from '../constructs/plain-release';
import type { Settings } from '../settings';
import { imageOf, ServiceDeployment } from './online-inference-service/deployment';
import * as objects from './online-inference-service/objects';
import { quantities } from './online-inference-service/resources';
import { plainRollout, type ServiceRollout } from './online-inference-service/rollout';
import { chartValues, type ServiceValues } from './online-inference-service/values';

/** Properties of `OnlineInferenceService`. */
export interface OnlineInferenceServiceProps {
  /** Values of the Helm chart, or references to them. */
  readonly values: ServiceValues;
  /** Names and labels of the objects. */
  readonly release: Release;
  /** Strategy of the Deployment. */
  readonly rollout: ServiceRollout;
}

/**
 * Bonus: a ConfigMap with the service's settings, a Service, and the Deployment that uses both, with a
 * PodDisruptionBudget and a NetworkPolicy for its pods. All other objects are off by default. The Helm chart is made
 * from this class, too.
 */
export class OnlineInferenceService extends InferenceChart {
  readonly purpose = 'bonus: a ConfigMap, a Service, and the Deployment that uses both';

  constructor(scope: Construct, { values, release, rollout }: OnlineInferenceServiceProps) {
    super(scope, 'online-inference-service', release);
    const { configMap, checksum } = this.config(values);

    const pods = this.pods;
    const deployment = new ServiceDeployment(this, 'deployment', { values, release, rollout, pods });
    this.run(deployment, this.container(values, configMap));
    // A container reads its environment only once, at its start: a new checksum in the template starts new containers.
    const annotations = {
      'checksum/config': checksum,
      ...behaviourAnnotations({ drain: values.config.drainDelaySeconds }),
      ...values.podAnnotations,
    };
    for (const [annotation, value] of Object.entries(annotations)) {
      deployment.podMetadata.addAnnotation(annotation, value);
    }

    this.service(values);
    this.optionalObjects(values);
  }

  private config({ config }: ServiceValues): { configMap: IConfigMap; checksum: string } {
    const { fullname } = this.release;
    const data = this.release.share('config', {
      DECISION_THRESHOLD: String(config.decisionThreshold),
      DRAIN_DELAY_SECONDS: String(config.drainDelaySeconds),
      LOG_LEVEL: config.logLevel,
    });
    new ConfigMap(this, 'config', { metadata: { name: fullname }, data: data.content });
    return { configMap: ConfigMap.fromConfigMapName(this, 'config-name', fullname), checksum: data.sha256 };
  }

  private container(values: ServiceValues, configMap: IConfigMap): InferenceContainer {
    return new InferenceContainer({
      image: imageOf(values, this.release),
      envFrom: [Env.fromConfigMap(configMap)],
      ...inferenceProbes(Duration.seconds(values.latestStartSeconds)),
      fields: {
        imagePullPolicy: values.image.pullPolicy,
        ...present({
          resources: quantities(values.resources),
          env: [...values.extraEnv],
          volumeMounts: [...values.extraVolumeMounts],
        }),
      },
    });
  }

  private service({ service }: ServiceValues): void {
    const { type, port, nodePort, annotations } = service;
    const entry = new Service(this, 'service', {
      metadata: { name: this.release.fullname, annotations },
      type,
      ports: [{ name: 'http', port, targetPort: HTTP_PORT, ...when(given(nodePort), { nodePort }) }],
    });
    for (const [label, value] of Object.entries(this.release.selectorLabels)) {
      entry.selectLabel(label, value);
    }
  }

  private optionalObjects(values: ServiceValues): void {
    const switches: readonly [Flag, keyof typeof objects][] = [
      [values.serviceAccount.create, 'serviceAccount'],
      [values.autoscaling.enabled, 'autoscaler'],
      [values.podDisruptionBudget.enabled, 'disruptionBudget'],
      [values.networkPolicy.enabled, 'networkPolicy'],
      [values.ingress.enabled, 'ingress'],
      [values.httpRoute.enabled, 'httpRoute'],
      [values.serviceMonitor.enabled, 'serviceMonitor'],
      [values.dashboard.enabled, 'dashboard'],
    ];
    for (const [flag, object] of switches) {
      optional(this, object, flag, (scope) => {
        objects[object](scope, values, this.release);
      });
    }
  }
}

/**
 * Returns the properties of the bonus chart without Helm.
 *
 * @param values @default - the defaults of the Helm chart
 */
export function plainService(
  settings: Settings,
  values: ServiceValues = defaultsOf(chartValues(settings)),
): OnlineInferenceServiceProps {
  const release = plainRelease(SERVICE_NAME, settings.steadyTag, values.commonLabels);
  return { values, release, rollout: plainRollout(values) };
}
