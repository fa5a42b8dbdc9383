import { blueGreenViolations, rollingViolations, type RolloutSpec } from '@online-inference/rollout';
import { Duration } from 'cdk8s';
import { DeploymentStrategy, PercentOrAbsolute, type DeploymentProps } from 'cdk8s-plus-27';

type Fields = Pick<RolloutSpec, 'maxSurge' | 'maxUnavailable' | 'minReadySeconds' | 'readySpreadSeconds'>;

/** Options of `RolloutStrategy.blueGreen`. */
export interface BlueGreenOptions {
  /** The longest between the first and the last new pod's readiness. */
  readonly readySpread: Duration;

  /**
   * How long all old and all new pods stay ready together, at the least.
   *
   * @default Duration.seconds(20)
   */
  readonly overlap?: Duration;
}

/** Options of `RolloutStrategy.rolling`. */
export interface RollingOptions {
  /** @default PercentOrAbsolute.absolute(1) */
  readonly maxSurge?: PercentOrAbsolute;

  /** @default PercentOrAbsolute.absolute(1) */
  readonly maxUnavailable?: PercentOrAbsolute;
}

/** A Deployment's strategy by the situation that it guarantees, for the replicas that it meets. */
export class RolloutStrategy {
  /**
   * All old and all new pods exist, all ready, before the first old one goes. Needs room for
   * twice the pods.
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

  /** Old pods go down while new ones come up, from the first moment on. */
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
    /** The situation that it guarantees. */
    public readonly name: string,
    private readonly rules: (spec: RolloutSpec) => string[],
    private readonly fields: Fields,
  ) {}

  /** The fields of a Deployment that it decides. */
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

  /** The rules that keep it from giving its situation to a number of replicas; none when it does. */
  public violations(replicas: number): string[] {
    return this.rules({ ...this.fields, replicas }).map((rule) => `${this.name}: ${rule}`);
  }
}

/** A number of pods, or a percentage of them such as `25%`, as cdk8s-plus has it. */
export function percentOrAbsolute(value: string | number): PercentOrAbsolute {
  return typeof value === 'number'
    ? PercentOrAbsolute.absolute(value)
    : PercentOrAbsolute.percent(Number.parseInt(value, 10));
}
