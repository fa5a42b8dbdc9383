import { each, given, not, present, when, withDefault, type Release } from '@online-inference/cdk8s-helm';
import dashboardModel from '@online-inference/service/dashboards/online-inference.json';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { HTTP_PORT } from '../../constructs/image';
import * as k8s from '../../imports/k8s';
import { testLabels } from './helm-test';
import type { ServiceValues } from './values';

/** Creates the ServiceAccount of the pods. */
export function serviceAccount(scope: Construct, values: ServiceValues, release: Release): void {
  const { name, annotations } = values.serviceAccount;
  new k8s.KubeServiceAccount(scope, 'service-account', {
    metadata: { name: withDefault(name, release.fullname), annotations },
    automountServiceAccountToken: false,
  });
}

/** Creates the HorizontalPodAutoscaler. */
export function autoscaler(scope: Construct, { autoscaling }: ServiceValues, release: Release): void {
  const utilization = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  const { targetCPUUtilizationPercentage: cpu, targetMemoryUtilizationPercentage: memory } = autoscaling;
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata: { name: release.fullname },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: release.fullname },
      minReplicas: autoscaling.minReplicas,
      maxReplicas: autoscaling.maxReplicas,
      metrics: [utilization('cpu', cpu), ...when(given(memory), [utilization('memory', memory)])],
    },
  });
}

/**
 * Creates the PodDisruptionBudget. A pod that is not ready can always be evicted; otherwise a service that cannot
 * become ready would block the drain of its nodes.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function disruptionBudget(scope: Construct, values: ServiceValues, release: Release): void {
  const { minAvailable, maxUnavailable } = values.podDisruptionBudget;
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name: release.fullname },
    spec: {
      ...when(given(minAvailable), { minAvailable: intOrString(minAvailable) }),
      ...when(not(given(minAvailable)), { maxUnavailable: intOrString(maxUnavailable) }),
      selector: { matchLabels: release.selectorLabels },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}

/**
 * Creates the NetworkPolicy: which peers may connect to the pods, and what the pods may connect to. A kubelet can
 * always connect to the pods of its node.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy(scope: Construct, values: ServiceValues, release: Release): void {
  const { from, egress } = values.networkPolicy;
  const tester = { podSelector: { matchLabels: testLabels(release) } };
  new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name: release.fullname },
    spec: {
      podSelector: { matchLabels: release.selectorLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(HTTP_PORT) }],
          ...when(given(from), { from: [tester, ...from] }),
        },
      ],
      ...present({ egress: [...egress] }),
    },
  });
}

/** Creates the Ingress. */
export function ingress(scope: Construct, values: ServiceValues, release: Release): void {
  const { annotations, className, hosts, tls } = values.ingress;
  const backend = { service: { name: release.fullname, port: { number: values.service.port } } };
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: { name: release.fullname, annotations },
    spec: {
      ...when(given(className), { ingressClassName: className }),
      ...present({ tls: [...tls] }),
      rules: each(hosts, ({ host, paths }) => ({
        host,
        http: { paths: each(paths, ({ path, pathType }) => ({ path, pathType, backend })) },
      })),
    },
  });
}

/**
 * Creates the HTTPRoute.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export function httpRoute(scope: Construct, values: ServiceValues, release: Release): void {
  const { annotations, parentRefs, hostnames } = values.httpRoute;
  new ApiObject(scope, 'http-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: release.fullname, annotations },
    spec: {
      parentRefs,
      ...present({ hostnames }),
      rules: [{ backendRefs: [{ name: release.fullname, port: values.service.port }] }],
    },
  });
}

/**
 * Creates the ServiceMonitor.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function serviceMonitor(scope: Construct, values: ServiceValues, release: Release): void {
  const { path, interval, labels } = values.serviceMonitor;
  new ApiObject(scope, 'service-monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: release.fullname, labels },
    spec: {
      selector: { matchLabels: release.selectorLabels },
      endpoints: [{ port: 'http', path, interval }],
    },
  });
}

/**
 * Creates a ConfigMap with the service's dashboard. Grafana's sidecar finds it by its label.
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export function dashboard(scope: Construct, values: ServiceValues, release: Release): void {
  new k8s.KubeConfigMap(scope, 'dashboard', {
    metadata: {
      name: `${release.fullname}-dashboard`,
      labels: { grafana_dashboard: '1' },
      annotations: values.dashboard.annotations,
    },
    data: { 'online-inference.json': `${JSON.stringify(dashboardModel, undefined, 2)}\n` },
  });
}

function intOrString(value: string | number): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
