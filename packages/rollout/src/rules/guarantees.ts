import { resolveFenceposts, type IntOrPercent } from './fenceposts.ts';

/** The fields of a Deployment that decide which situations its rollout passes through. */
export interface RolloutSpec {
  /** Number of pods that the Deployment asks for. */
  readonly replicas: number;
  /** Pods allowed above `replicas`: a number, or a percentage that is rounded up. */
  readonly maxSurge: IntOrPercent;
  /** Pods allowed to be unavailable: a number, or a percentage that is rounded down. */
  readonly maxUnavailable: IntOrPercent;
  /** Seconds that a pod must be ready before it counts as available. */
  readonly minReadySeconds: number;
  /** Largest expected time between the first and the last new pod to become ready, in seconds. */
  readonly readySpreadSeconds: number;
}

/**
 * Returns the reasons why a rollout is not guaranteed to have all old and all new pods ready
 * at one moment. An empty list means that it is guaranteed.
 *
 * The first new pod to become available lets the controller remove an old one, so all new pods must be ready before that.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go
 */
export function blueGreenViolations(spec: RolloutSpec): string[] {
  if (spec.replicas < 1) {
    return [`replicas is ${spec.replicas}: blue-green needs at least 1 pod of each version`];
  }
  const { surge, unavailable } = resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas);
  const violations: string[] = [];
  if (surge < spec.replicas) {
    violations.push(
      `maxSurge ${spec.maxSurge} is ${surge} of ${spec.replicas} replicas: all new pods beside all old pods need maxSurge >= replicas`,
    );
  }
  if (unavailable > 0) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: old pods would go before the new pods are ready, it must be 0`,
    );
  }
  if (spec.minReadySeconds <= spec.readySpreadSeconds) {
    violations.push(
      `minReadySeconds ${spec.minReadySeconds} must exceed the ${spec.readySpreadSeconds} s between the first and the last new pod's readiness: the first available new pod ends an old pod`,
    );
  }
  return violations;
}

/**
 * Returns the reasons why a rollout is not guaranteed to remove old pods while new pods start,
 * from the first moment and with some pods always serving. An empty list means that it is guaranteed.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `getNewReplicaSet`
 */
export function rollingViolations(spec: RolloutSpec): string[] {
  const { surge, unavailable } = resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas);
  const violations: string[] = [];
  if (surge < 1) {
    violations.push(
      `maxSurge ${spec.maxSurge} is ${surge} of ${spec.replicas} replicas: no new pod could start before an old pod goes, it must be at least 1`,
    );
  }
  if (unavailable < 1) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: no old pod could go before a new pod is available, it must be at least 1`,
    );
  }
  if (unavailable >= spec.replicas) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: all old pods could go at once, it must be less than replicas`,
    );
  }
  return violations;
}
