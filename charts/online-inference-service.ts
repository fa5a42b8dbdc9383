import { createHash } from 'node:crypto';
import { Duration } from 'cdk8s';
import { ConfigMap, Env, Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { GuaranteedDeployment } from '../constructs/guaranteed-deployment';
import { HTTP_PORT } from '../constructs/http-port';
import { InferenceChart } from '../constructs/inference-chart';
import { selectorLabels } from '../constructs/labels';
import { RolloutStrategy } from '../constructs/rollout-strategy';
import { steadyContainer } from '../constructs/steady-container';
import type { Settings } from '../settings';

/** After the drain delay, requests in flight have this long before the kubelet kills the process. */
const CLOSE_SECONDS = 24;

/** Bonus: a ConfigMap with the service's settings, a Service, and the Deployment that uses both. */
export class OnlineInferenceService extends InferenceChart {
  readonly purpose = 'bonus: a ConfigMap, a Service, and the Deployment that uses both';

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'online-inference-service', 'online-inference');
    const { replicas, drainDelaySeconds } = settings;
    const metadata = { name: this.instance };

    const data = {
      DECISION_THRESHOLD: String(settings.decisionThreshold),
      DRAIN_DELAY_SECONDS: String(drainDelaySeconds),
      LOG_LEVEL: settings.logLevel,
    };
    new ConfigMap(this, 'config', { metadata, data });
    const configMap = ConfigMap.fromConfigMapName(this, 'config-name', this.instance);

    const deployment = new GuaranteedDeployment(this, 'deployment', {
      ...this.pods,
      replicas,
      rollout: RolloutStrategy.rolling(),
      terminationGracePeriod: Duration.seconds(drainDelaySeconds + CLOSE_SECONDS),
    });
    this.run(deployment, steadyContainer(settings, { envFrom: [Env.fromConfigMap(configMap)] }));
    // Environment variables are read once, at a container's start: a changed template is what starts new ones.
    deployment.podMetadata.addAnnotation('checksum/config', checksum(data));

    const service = new Service(this, 'service', {
      metadata,
      ports: [{ name: 'http', port: 80, targetPort: HTTP_PORT }],
    });
    for (const [label, value] of Object.entries(selectorLabels(this.instance))) {
      service.selectLabel(label, value);
    }
  }
}

function checksum(data: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}
