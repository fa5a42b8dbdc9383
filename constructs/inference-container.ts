import { Duration } from 'cdk8s';
import { Container, ImagePullPolicy, Protocol, type ContainerProps } from 'cdk8s-plus-27';
import { HTTP_PORT, INFERENCE_RESOURCES, SERVICE_NAME } from './image';
import { HANG_GRACE_SECONDS, inferenceProbes } from './inference-probes';

/** Properties of `InferenceContainer`. */
export interface InferenceContainerProps extends Pick<
  ContainerProps,
  'resources' | 'startup' | 'readiness' | 'liveness' | 'envFrom'
> {
  /** Image reference: repository and tag, and optionally a digest. */
  readonly image: string;
  /** Fields that override those derived from the other properties. @default {} */
  readonly fields?: Partial<KubeContainer>;
}

type KubeContainer = ReturnType<Container['_toKube']>;

/**
 * The container of the service. It passes Pod Security "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export class InferenceContainer extends Container {
  private readonly fields: Partial<KubeContainer>;

  /**
   * Creates the container with resources and probes, which every step from 3 on runs.
   *
   * @param settings seconds until the demo image first answers. The steady image gets the same probes, because a
   * rollout may replace it with the demo image.
   */
  static probed(
    image: string,
    { latestStartSeconds }: { readonly latestStartSeconds: number },
  ): InferenceContainer {
    return new InferenceContainer({
      image,
      resources: INFERENCE_RESOURCES,
      ...inferenceProbes(Duration.seconds(latestStartSeconds)),
    });
  }

  constructor({ fields = {}, ...props }: InferenceContainerProps) {
    super({
      // cdk8s-plus defaults to 1 CPU and 512 Mi when resources are unset
      resources: {},
      ...props,
      name: SERVICE_NAME,
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      // not `portNumber`: cdk8s-plus would add a startup probe of its own
      ports: [{ name: 'http', number: HTTP_PORT, protocol: Protocol.TCP }],
      securityContext: {
        ensureNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      },
    });
    this.fields = fields;
  }

  /**
   * Adds three settings that cdk8s-plus-27 has no properties for: the seccomp profile, dropped capabilities, and the
   * liveness probe's own grace period.
   *
   * @internal
   */
  override _toKube(): KubeContainer {
    const { securityContext, livenessProbe, ...container } = super._toKube();
    return {
      ...container,
      ...(livenessProbe && {
        livenessProbe: { ...livenessProbe, terminationGracePeriodSeconds: HANG_GRACE_SECONDS },
      }),
      securityContext: {
        ...securityContext,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...this.fields,
    };
  }
}
