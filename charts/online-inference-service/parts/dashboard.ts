import type { Construct } from 'constructs';
import model from '../../../packages/service/dashboards/online-inference.json';
import * as k8s from '../../../imports/k8s';
import type { Release } from '@online-inference/cdk8s-helm';
import type { ServiceValues } from './values';

/**
 * The service's dashboard, for a Grafana whose sidecar looks for the label.
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export function dashboard(scope: Construct, { dashboard: own }: ServiceValues, release: Release): void {
  new k8s.KubeConfigMap(scope, 'dashboard', {
    metadata: {
      name: `${release.fullname}-dashboard`,
      labels: { grafana_dashboard: '1' },
      annotations: own.annotations,
    },
    data: { 'online-inference.json': `${JSON.stringify(model, undefined, 2)}\n` },
  });
}
