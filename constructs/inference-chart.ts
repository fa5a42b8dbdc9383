import type { Release } from '@online-inference/cdk8s-helm';
import { Chart } from 'cdk8s';
import { LabelSelector, Workload, type AbstractPod, type WorkloadProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { behaviourAnnotations, DRAIN_SECONDS, USER } from './image';
import type { InferenceContainer } from './inference-container';
import { plainRelease } from './plain-release';

/** A chart that runs the service in one way. Its objects share labels and a name without a hash. */
export abstract class InferenceChart extends Chart {
  /** One line about the chart's file in `dist/`: its step, a colon, and what it shows. */
  abstract readonly purpose: string;

  /**
   * @param id name of the file in `dist/`, without its extension
   * @param release names and labels of the objects. @default - the ID is the name
   */
  protected constructor(
    scope: Construct,
    id: string,
    protected readonly release: Release = plainRelease(id, ''),
  ) {
    super(scope, id, { labels: release.labels, disableResourceNameHashes: true });
  }

  /** Properties that all pods of the service share, whatever kind of workload creates them. */
  protected get pods(): WorkloadProps {
    return {
      metadata: { name: this.release.fullname },
      podMetadata: {
        labels: this.release.podLabels,
        annotations: behaviourAnnotations({ drain: DRAIN_SECONDS }),
      },
      select: false,
      securityContext: { ensureNonRoot: true, user: USER, group: USER },
      automountServiceAccountToken: false,
    };
  }

  /** Adds the container to the workload's pods, and makes the workload select only them. */
  protected run(workload: AbstractPod, container: InferenceContainer): void {
    workload.attachContainer(container);
    if (workload instanceof Workload) {
      workload.select(LabelSelector.of({ labels: this.release.selectorLabels }));
    }
  }
}
