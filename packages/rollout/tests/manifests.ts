import type { Manifest } from '../src/index.ts';

interface Fields {
  readonly replicas?: number;
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly strategy?: object;
  readonly minReadySeconds?: number;
  readonly progressDeadlineSeconds?: number;
  readonly paused?: boolean;
  readonly container?: object;
  readonly pod?: object;
  readonly kind?: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet';
  readonly updateStrategy?: object;
  readonly podManagementPolicy?: 'Parallel';
  readonly volumeClaimTemplates?: readonly object[];
  readonly ordinals?: object;
}

/** A workload with pods of its own named web, with one container named web. */
export function controller(fields: Fields = {}): Manifest {
  const { kind = 'Deployment', maxSurge, maxUnavailable, strategy, container, pod, ...spec } = fields;
  const rollingUpdate = {
    ...(maxSurge !== undefined && { maxSurge }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
  };
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web' },
    spec: {
      ...spec,
      ...(kind === 'Deployment' && { strategy: strategy ?? { type: 'RollingUpdate', rollingUpdate } }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'web:v1', ...container }], ...pod },
      },
    },
  };
}

/** A bare Pod named web. */
export function pod(container: object = {}, spec: object = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'web:v1', ...container }], ...spec },
  };
}

export const readinessProbe = { httpGet: { path: '/readyz', port: 80 }, periodSeconds: 1 };
export const livenessProbe = { httpGet: { path: '/livez', port: 80 }, periodSeconds: 5 };
