import { Container, ImagePullPolicy, Protocol, type ContainerProps } from 'cdk8s-plus-27';
import { HTTP_PORT } from './http-port';
import { HANG_GRACE_SECONDS } from './inference-probes';

/** What sets one step's container apart from another's. */
export interface InferenceContainerProps extends Pick<
  ContainerProps,
  'resources' | 'startup' | 'readiness' | 'liveness' | 'envFrom'
> {
  /** Repository and tag. */
  readonly image: string;
  /** Fields in place of those that follow from the other props. @default {} */
  readonly fields?: Partial<KubeContainer>;
}

type KubeContainer = ReturnType<Container['_toKube']>;

/**
 * The container of the service, which passes Pod Security "restricted". Every step runs
 * it, and says only how it differs.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export class InferenceContainer extends Container {
  private readonly fields: Partial<KubeContainer>;

  constructor({ fields = {}, ...props }: InferenceContainerProps) {
    super({
      // cdk8s-plus gives 1 CPU and 512 Mi to a container that asks for nothing
      resources: {},
      ...props,
      name: 'online-inference',
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      // and a startup probe of its own to one with a `portNumber`
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
   * Adds what cdk8s-plus-27 cannot say: the seccomp profile, the drop of all capabilities,
   * and the liveness probe's own grace period.
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
