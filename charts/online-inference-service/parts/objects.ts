import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as k8s from '../../../imports/k8s';
import { each, given, not, present, when, withDefault, type Release } from '@online-inference/cdk8s-helm';
import { HTTP_PORT } from '../../../constructs/http-port';
import type { ServiceValues } from './values';

/** The account that the pods run under. */
export function serviceAccount(
  scope: Construct,
  { serviceAccount: own }: ServiceValues,
  release: Release,
): void {
  new k8s.KubeServiceAccount(scope, 'service-account', {
    metadata: { name: withDefault(own.name, release.fullname), annotations: own.annotations },
    automountServiceAccountToken: false,
  });
}

/** The number of pods by their load. */
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
 * How many pods may go when nodes are drained. One that is not ready goes in any case, or a service that cannot
 * become ready would keep its nodes from being drained.
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
 * Who may ask the service, and what its own pods may reach. A kubelet may always ask the pods of its node.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy(
  scope: Construct,
  { networkPolicy: own }: ServiceValues,
  release: Release,
): void {
  const tester = { podSelector: { matchLabels: testLabels(release) } };
  new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name: release.fullname },
    spec: {
      podSelector: { matchLabels: release.selectorLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(HTTP_PORT) }],
          ...when(given(own.from), { from: [tester, ...own.from] }),
        },
      ],
      ...present({ egress: [...own.egress] }),
    },
  });
}

/** The labels of the pod that `helm test` makes: it is none of the service's. */
export function testLabels(release: Release): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'online-inference-test',
    'app.kubernetes.io/instance': release.name,
  };
}

/** The way in from outside the cluster, through an ingress controller. */
export function ingress(scope: Construct, { ingress: own, service }: ServiceValues, release: Release): void {
  const backend = { service: { name: release.fullname, port: { number: service.port } } };
  new k8s.KubeIngress(scope, 'ingress', {
    metadata: { name: release.fullname, annotations: own.annotations },
    spec: {
      ...when(given(own.className), { ingressClassName: own.className }),
      ...present({ tls: [...own.tls] }),
      rules: each(own.hosts, ({ host, paths }) => ({
        host,
        http: { paths: each(paths, ({ path, pathType }) => ({ path, pathType, backend })) },
      })),
    },
  });
}

/**
 * The way in from outside the cluster, through a Gateway.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export function httpRoute(
  scope: Construct,
  { httpRoute: own, service }: ServiceValues,
  release: Release,
): void {
  new ApiObject(scope, 'http-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: release.fullname, annotations: own.annotations },
    spec: {
      parentRefs: own.parentRefs,
      ...present({ hostnames: own.hostnames }),
      rules: [{ backendRefs: [{ name: release.fullname, port: service.port }] }],
    },
  });
}

/**
 * What the Prometheus operator reads metrics from.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function serviceMonitor(
  scope: Construct,
  { serviceMonitor: own }: ServiceValues,
  release: Release,
): void {
  new ApiObject(scope, 'service-monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: release.fullname, labels: own.labels },
    spec: {
      selector: { matchLabels: release.selectorLabels },
      endpoints: [{ port: 'http', path: own.path, interval: own.interval }],
    },
  });
}

function intOrString(value: string | number): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
