import {
  given,
  not,
  or,
  plus,
  prefixed,
  present,
  when,
  withDefault,
  type Release,
} from '@online-inference/cdk8s-helm';
import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { Deployment, type DeploymentProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { DeploymentFields, ServiceRollout } from './rollout';
import type { ServiceValues } from './values';

type PodFields = NonNullable<NonNullable<DeploymentFields['template']>['spec']>;

/** Properties of `ServiceDeployment`. */
export interface ServiceDeploymentProps {
  /** Values of the Helm chart, or references to them. */
  readonly values: ServiceValues;
  /** Names and labels of the objects. */
  readonly release: Release;
  /** Strategy of the Deployment. */
  readonly rollout: ServiceRollout;
  /** Properties that all pods of the service share. */
  readonly pods: DeploymentProps;
}

/** The Deployment of the bonus chart, with all that its values determine except the container. */
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
    // cdk8s-plus adds this label to select pods by. Two releases in one namespace would share its value.
    ApiObject.of(this).addJsonPatch(
      JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
    );
  }

  /** @internal */
  override _toKube(): ReturnType<Deployment['_toKube']> {
    const { template, ...spec } = super._toKube();
    // Leave replicas unset when an autoscaler owns them; cdk8s-plus would default to 2.
    delete spec.replicas;
    const { containers = [], ...pod } = template.spec ?? {};
    return {
      ...spec,
      template: { ...template, spec: { ...pod, containers, ...this.podFields } },
      ...this.fields,
    };
  }
}

/** Returns the image of the pods. A digest determines what runs; the tag is then only information. */
export function imageOf({ image }: ServiceValues, { appVersion }: Release): string {
  return `${image.repository}:${withDefault(image.tag, appVersion)}${prefixed('@', image.digest)}`;
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
          // Count only pods of the same revision; otherwise new pods fill gaps left by old ones and end up unevenly spread.
          matchLabelKeys: ['pod-template-hash'],
        },
      ],
    }),
  };
}
