import { blueGreenViolations, rollingViolations, type RolloutSpec } from '@online-inference/rollout';
import { Duration } from 'cdk8s';
import { Deployment, DeploymentStrategy, PercentOrAbsolute, type DeploymentProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

type Fields = Pick<RolloutSpec, 'maxSurge' | 'maxUnavailable' | 'minReadySeconds' | 'readySpreadSeconds'>;

/** Options of `RolloutStrategy.blueGreen`. */
export interface BlueGreenOptions {
  /** The longest time between the first and the last new pod becoming ready. */
  readonly readySpread: Duration;

  /**
   * The shortest time that all old and all new pods are ready together.
   *
   * @default Duration.seconds(20)
   */
  readonly overlap?: Duration;
}

/** Options of `RolloutStrategy.rolling`. */
export interface RollingOptions {
  /**
   * Pods that may exist above the desired number.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * Pods that may be missing from the desired number.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxUnavailable?: PercentOrAbsolute;
}

/** A Deployment strategy that is named after the situation that each rollout passes through. */
export class RolloutStrategy {
  /**
   * Creates a strategy with a moment when all old and all new pods are ready. It needs room for twice the pods.
   *
   * minReadySeconds = readySpread + overlap. The first new pod that becomes available removes an old pod; with 10 s
   * of spread and 20 s of overlap that happens 30 s after the first new pod is ready, 20 s after the last.
   */
  public static blueGreen(options: BlueGreenOptions): RolloutStrategy {
    const overlap = options.overlap ?? Duration.seconds(20);
    const readySpreadSeconds = options.readySpread.toSeconds();
    return new RolloutStrategy('blue-green', blueGreenViolations, {
      maxSurge: '100%',
      maxUnavailable: 0,
      minReadySeconds: readySpreadSeconds + overlap.toSeconds(),
      readySpreadSeconds,
    });
  }

  /** Creates a strategy in which old pods go down while new pods come up, from the first moment on. */
  public static rolling(options: RollingOptions = {}): RolloutStrategy {
    const value = (given: PercentOrAbsolute | undefined) =>
      (given ?? PercentOrAbsolute.absolute(1)).value as string | number;
    return new RolloutStrategy('rolling', rollingViolations, {
      maxSurge: value(options.maxSurge),
      maxUnavailable: value(options.maxUnavailable),
      minReadySeconds: 0,
      readySpreadSeconds: 0,
    });
  }

  private constructor(
    /** Name of the situation that each rollout passes through. */
    public readonly name: string,
    private readonly rules: (spec: RolloutSpec) => string[],
    private readonly fields: Fields,
  ) {}

  /** Properties of a Deployment that the strategy determines. */
  public get props(): Required<Pick<DeploymentProps, 'strategy' | 'minReady'>> {
    const { maxSurge, maxUnavailable, minReadySeconds } = this.fields;
    return {
      strategy: DeploymentStrategy.rollingUpdate({
        maxSurge: percentOrAbsolute(maxSurge),
        maxUnavailable: percentOrAbsolute(maxUnavailable),
      }),
      minReady: Duration.seconds(minReadySeconds),
    };
  }

  /** Returns the rules that the strategy breaks for a number of replicas. An empty list means that the situation is guaranteed. */
  public violations(replicas: number): string[] {
    return this.rules({ ...this.fields, replicas }).map((rule) => `${this.name}: ${rule}`);
  }
}

/** Converts a number of pods, or a percentage such as `25%`, to the type of cdk8s-plus. */
export function percentOrAbsolute(value: string | number): PercentOrAbsolute {
  return typeof value === 'number'
    ? PercentOrAbsolute.absolute(value)
    : PercentOrAbsolute.percent(Number.parseInt(value, 10));
}

/** Properties of `GuaranteedDeployment`. */
export interface GuaranteedDeploymentProps extends Omit<DeploymentProps, 'strategy' | 'minReady'> {
  /** Number of desired pods. */
  readonly replicas: number;
  /** Strategy whose situation each rollout passes through. */
  readonly rollout: RolloutStrategy;
}

/** A Deployment that fails synthesis when its strategy cannot guarantee the situation it is named after. */
export class GuaranteedDeployment extends Deployment {
  constructor(scope: Construct, id: string, props: GuaranteedDeploymentProps) {
    const { rollout, ...rest } = props;
    super(scope, id, { ...rest, ...rollout.props });
    this.node.addValidation({ validate: () => rollout.violations(props.replicas) });
  }
}
