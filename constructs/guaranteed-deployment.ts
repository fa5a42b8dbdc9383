import { Deployment, type DeploymentProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { RolloutStrategy } from './rollout-strategy';

/** Properties of `GuaranteedDeployment`. */
export interface GuaranteedDeploymentProps extends Omit<DeploymentProps, 'strategy' | 'minReady'> {
  /** Number of desired pods. */
  readonly replicas: number;
  /** What each rollout must pass through. */
  readonly rollout: RolloutStrategy;
}

/** A Deployment that fails synthesis when its strategy cannot give its replicas what it is named for. */
export class GuaranteedDeployment extends Deployment {
  constructor(scope: Construct, id: string, props: GuaranteedDeploymentProps) {
    const { rollout, ...rest } = props;
    super(scope, id, { ...rest, ...rollout.props });
    this.node.addValidation({ validate: () => rollout.violations(props.replicas) });
  }
}
