import { resolveFenceposts, type IntOrPercent } from './fenceposts';

/** The part of a Deployment that decides which situations its rollout passes through. */
export interface RolloutSpec {
  readonly replicas: number;
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  /** Seconds that a pod must be ready to count as available. */
  readonly minReadySeconds: number;
  /** Seconds between the first and the last of the new pods to become ready, at the most. */
  readonly readySpreadSeconds: number;
}

/**
 * The rules that keep a rollout from holding all old and all new pods, all ready,
 * at one moment; none when it is guaranteed.
 *
 * The first new pod to become available lets an old one go, so all must be ready before that.
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
      `maxSurge ${spec.maxSurge} is ${surge} of ${spec.replicas} replicas: all new pods beside all old ones need maxSurge >= replicas`,
    );
  }
  if (unavailable > 0) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: old pods would go before the new are ready, it must be 0`,
    );
  }
  if (spec.minReadySeconds <= spec.readySpreadSeconds) {
    violations.push(
      `minReadySeconds ${spec.minReadySeconds} must exceed the ${spec.readySpreadSeconds} s between the first and the last new pod's readiness: the first available new pod ends an old one`,
    );
  }
  return violations;
}

/**
 * The rules that keep old pods from going down while new ones come up from the
 * first moment on, with some always serving; none when it is guaranteed.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `getNewReplicaSet`
 */
export function rollingViolations(spec: RolloutSpec): string[] {
  const { surge, unavailable } = resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas);
  const violations: string[] = [];
  if (surge < 1) {
    violations.push(
      `maxSurge ${spec.maxSurge} is ${surge} of ${spec.replicas} replicas: no new pod could come up while an old one goes, it must be at least 1`,
    );
  }
  if (unavailable < 1) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: no old pod could go while a new one comes up, it must be at least 1`,
    );
  }
  if (unavailable >= spec.replicas) {
    violations.push(
      `maxUnavailable ${spec.maxUnavailable} is ${unavailable} of ${spec.replicas} replicas: all old pods could go at once, it must be less than the replicas`,
    );
  }
  return violations;
}
