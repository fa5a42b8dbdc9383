import { Chart } from 'cdk8s';
import { LabelSelector, Workload, type AbstractPod, type WorkloadProps } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { InferenceContainer } from './inference-container';
import type { Release } from '@online-inference/cdk8s-helm';
import { plainRelease } from './labels';
import { USER } from './user';

/** One way to run the service: its objects share labels and a name, without hashes. */
export abstract class InferenceChart extends Chart {
  /** What its file in `dist/` is for, in a few words. */
  abstract readonly purpose: string;

  /**
   * @param id the file in `dist/`, without its ending
   * @param release the name of the workload, and what its pods are told apart by. @default - the id
   */
  protected constructor(
    scope: Construct,
    id: string,
    protected readonly release: Release = plainRelease(id, ''),
  ) {
    super(scope, id, { labels: release.labels, disableResourceNameHashes: true });
  }

  /** What all pods of the service have, whatever kind of workload makes them. */
  protected get pods(): WorkloadProps {
    return {
      metadata: { name: this.release.fullname },
      podMetadata: { labels: this.release.podLabels },
      select: false,
      securityContext: { ensureNonRoot: true, user: USER, group: USER },
      automountServiceAccountToken: false,
    };
  }

  /** Has the pods of a workload run the container, and the workload select no others. */
  protected run(workload: AbstractPod, container: InferenceContainer): void {
    workload.attachContainer(container);
    if (workload instanceof Workload) {
      workload.select(LabelSelector.of({ labels: this.release.selectorLabels }));
    }
  }
}
