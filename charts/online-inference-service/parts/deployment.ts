import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { Deployment, type DeploymentProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { given, not, or, plus, present, when, withDefault, type Release } from '@online-inference/cdk8s-helm';
import type { DeploymentFields, ServiceRollout } from './rollout';
import type { ServiceValues } from './values';

type PodFields = NonNullable<NonNullable<DeploymentFields['template']>['spec']>;

/** Properties of `ServiceDeployment`. */
export interface ServiceDeploymentProps {
  readonly values: ServiceValues;
  readonly release: Release;
  readonly rollout: ServiceRollout;
  /** What all pods of the service have. */
  readonly pods: DeploymentProps;
}

/** The Deployment of the bonus chart: all that its values say of pods, beyond their container. */
export class ServiceDeployment extends Deployment {
  private readonly fields: DeploymentFields;
  private readonly podFields: Partial<PodFields>;

  constructor(scope: Construct, id: string, props: ServiceDeploymentProps) {
    const { values, release, rollout, pods } = props;
    const { drainDelaySeconds } = values.config;
    super(scope, id, {
      ...pods,
      ...rollout.props,
      metadata: { ...pods.metadata, annotations: values.annotations },
      podMetadata: { labels: { ...release.podLabels, ...values.podLabels } },
      securityContext: {
        ensureNonRoot: true,
        user: values.podSecurityContext.runAsUser,
        group: values.podSecurityContext.runAsGroup,
      },
      terminationGracePeriod: Duration.seconds(plus(drainDelaySeconds, values.closeSeconds)),
    });
    this.fields = {
      ...when(not(values.autoscaling.enabled), { replicas: values.replicaCount }),
      progressDeadlineSeconds: values.progressDeadlineSeconds,
      ...rollout.fields,
    };
    this.podFields = podFields(values, release);
    this.node.addValidation({ validate: rollout.violations });
    // cdk8s-plus selects pods by it, which is done by the release here: two of them would share it.
    ApiObject.of(this).addJsonPatch(
      JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
    );
  }

  /** @internal */
  override _toKube(): ReturnType<Deployment['_toKube']> {
    const { template, ...spec } = super._toKube();
    // with an autoscaler there are none, in place of the 2 that cdk8s-plus takes for none
    delete spec.replicas;
    const { containers = [], ...pod } = template.spec ?? {};
    return {
      ...spec,
      template: { ...template, spec: { ...pod, containers, ...this.podFields } },
      ...this.fields,
    };
  }
}

function podFields(values: ServiceValues, release: Release): Partial<PodFields> {
  const { serviceAccount, topologySpread, priorityClassName } = values;
  return {
    ...present({
      imagePullSecrets: [...values.imagePullSecrets],
      nodeSelector: values.nodeSelector,
      tolerations: [...values.tolerations],
      affinity: values.affinity,
      volumes: [...values.extraVolumes],
    }),
    ...when(or(serviceAccount.create, given(serviceAccount.name)), {
      serviceAccountName: withDefault(serviceAccount.name, release.fullname),
    }),
    ...when(given(priorityClassName), { priorityClassName }),
    ...when(topologySpread.enabled, {
      topologySpreadConstraints: [
        {
          maxSkew: topologySpread.maxSkew,
          topologyKey: topologySpread.topologyKey,
          whenUnsatisfiable: topologySpread.whenUnsatisfiable,
          labelSelector: { matchLabels: release.selectorLabels },
          // Counted with the old version's pods, the new one's would make up for their gaps, and not be spread.
          matchLabelKeys: ['pod-template-hash'],
        },
      ],
    }),
  };
}
