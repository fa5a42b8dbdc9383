import { Duration } from 'cdk8s';
import type { Deployment, DeploymentProps } from 'cdk8s-plus-27';
import { namedMap, namedNumber } from '@online-inference/cdk8s-helm';
import { percentOrAbsolute, RolloutStrategy } from '../../../constructs/rollout-strategy';
import type { ServiceValues } from './values';

export type DeploymentFields = Partial<ReturnType<Deployment['_toKube']>>;

/** How the pods of the bonus chart are replaced. */
export interface ServiceRollout {
  readonly props: Pick<DeploymentProps, 'strategy' | 'minReady'>;
  /** Fields in place of those that follow from the props. */
  readonly fields: DeploymentFields;
  /** What keeps it from giving what it is called for; none when it does. */
  readonly violations: () => string[];
}

/** The strategy that the values name, for values that are known. */
export function plainRollout({ strategy, replicaCount, autoscaling }: ServiceValues): ServiceRollout {
  const counts =
    autoscaling.enabled === true ? [autoscaling.minReplicas, autoscaling.maxReplicas] : [replicaCount];
  const { minReadySeconds } = strategy;
  if (strategy.type === 'free') {
    return { props: {}, fields: { strategy: strategy.free, minReadySeconds }, violations: () => [] };
  }
  const blueGreen = strategy.type === 'blue-green';
  const rollout = blueGreen
    ? RolloutStrategy.blueGreen({
        readySpread: Duration.seconds(strategy.readySpreadSeconds),
        overlap: Duration.seconds(strategy.overlapSeconds),
      })
    : RolloutStrategy.rolling({
        maxSurge: percentOrAbsolute(strategy.maxSurge),
        maxUnavailable: percentOrAbsolute(strategy.maxUnavailable),
      });
  return {
    props: rollout.props,
    fields: blueGreen ? {} : { minReadySeconds },
    violations: () => [...new Set(counts.flatMap((replicas) => rollout.violations(replicas)))],
  };
}

/**
 * The same, worked out by named templates of the chart: `strategy` and `minReadySeconds`. They refuse
 * what the plain rollout finds violated.
 */
export function helmRollout(chart: string): ServiceRollout {
  const fields = {
    strategy: namedMap(chart, 'strategy'),
    minReadySeconds: namedNumber(chart, 'minReadySeconds'),
  };
  return { props: {}, fields, violations: () => [] };
}
