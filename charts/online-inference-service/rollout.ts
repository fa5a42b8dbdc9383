import { namedMap, namedNumber } from '@online-inference/cdk8s-helm';
import { Duration } from 'cdk8s';
import type { Deployment, DeploymentProps } from 'cdk8s-plus-27';
import { percentOrAbsolute, RolloutStrategy } from '../../constructs/rollout-strategy';
import type { ServiceValues } from './values';

/** Fields of a Deployment's `spec`. */
export type DeploymentFields = Partial<ReturnType<Deployment['_toKube']>>;

/** How the Deployment of the bonus chart replaces its pods. */
export interface ServiceRollout {
  /** Properties of the Deployment. */
  readonly props: Pick<DeploymentProps, 'strategy' | 'minReady'>;
  /** Fields that override those derived from the properties. */
  readonly fields: DeploymentFields;
  /** Returns the rules that the strategy breaks. An empty list means that its situation is guaranteed. */
  readonly violations: () => string[];
}

/** Returns the strategy that the values name. The values must be known: this is for the manifest without Helm. */
export function plainRollout({ strategy, replicaCount, autoscaling }: ServiceValues): ServiceRollout {
  const { minReadySeconds } = strategy;
  if (strategy.type === 'free') {
    return { props: {}, fields: { strategy: strategy.free, minReadySeconds }, violations: () => [] };
  }
  const counts =
    autoscaling.enabled === true ? [autoscaling.minReplicas, autoscaling.maxReplicas] : [replicaCount];
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
 * Returns the same strategy for Helm. The chart's named templates `strategy` and `minReadySeconds`
 * (helm/templates/_rollout.tpl) compute it, and reject the values that `plainRollout` reports as violations.
 */
export function helmRollout(chart: string): ServiceRollout {
  const fields = {
    strategy: namedMap(chart, 'strategy'),
    minReadySeconds: namedNumber(chart, 'minReadySeconds'),
  };
  return { props: {}, fields, violations: () => [] };
}
