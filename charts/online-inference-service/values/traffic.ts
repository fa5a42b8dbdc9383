import { Type } from '@sinclair/typebox';
import type { ServiceType } from 'cdk8s-plus-27';
import type * as k8s from '../../../imports/k8s';
import { flag, group, integer, list, name, oneOf, RESERVED_LABELS, strings } from './kinds';

/** Values of the objects that bring requests and metrics in and out. */
export const traffic = {
  service: group('Service', {
    type: Type.Unsafe<ServiceType>(
      oneOf(['ClusterIP', 'NodePort', 'LoadBalancer'], {
        default: 'ClusterIP',
        description: 'type of the Service',
      }),
    ),
    port: integer({ default: 80, minimum: 1, maximum: 65_535, description: 'port of the Service' }),
    nodePort: integer({
      default: 0,
      minimum: 0,
      maximum: 65_535,
      description: 'port on every node, for the types NodePort and LoadBalancer; 0 lets the cluster choose',
    }),
    annotations: strings('annotations of the Service'),
  }),
  networkPolicy: group(
    'NetworkPolicy that allows requests to the service and denies all egress; it needs a network plugin that enforces it',
    {
      enabled: flag('create a NetworkPolicy', true),
      from: list<k8s.NetworkPolicyPeer>(
        'peers that may connect to the service; empty allows all, because Ingress controllers, node ports and Prometheus connect from outside the namespace',
      ),
      egress: list<k8s.NetworkPolicyEgressRule>(
        'egress rules of the pods; empty denies all egress including DNS, because the service opens no connections',
      ),
    },
  ),
  ingress: group('Ingress', {
    enabled: flag('create an Ingress'),
    className: name("IngressClass; empty selects the cluster's default"),
    annotations: strings('annotations of the Ingress'),
    hosts: Type.Array(
      Type.Object({
        host: Type.String({ pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' }),
        paths: Type.Array(
          Type.Object({
            path: Type.String({ pattern: '^/' }),
            pathType: oneOf(['Prefix', 'Exact', 'ImplementationSpecific'], {
              default: 'Prefix',
              description: 'how the path is matched',
            }),
          }),
          { minItems: 1 },
        ),
      }),
      {
        default: [{ host: 'online-inference.example', paths: [{ path: '/', pathType: 'Prefix' }] }],
        minItems: 1,
        description: 'hosts, each with its paths',
      },
    ),
    tls: list<k8s.IngressTls>('TLS certificates, each with `hosts` and `secretName`'),
  }),
  httpRoute: group('HTTPRoute of the Gateway API', {
    enabled: flag('create an HTTPRoute'),
    annotations: strings('annotations of the HTTPRoute'),
    parentRefs: Type.Array(Type.Unsafe<object>({ type: 'object', required: ['name'] }), {
      default: [{ name: 'gateway' }],
      minItems: 1,
      description: 'Gateways that the HTTPRoute attaches to',
    }),
    hostnames: Type.Array(Type.String({ minLength: 1 }), {
      default: ['online-inference.example'],
      description: 'host names that the HTTPRoute matches; empty matches all',
    }),
  }),
  serviceMonitor: group('ServiceMonitor of the Prometheus operator', {
    enabled: flag('create a ServiceMonitor'),
    path: Type.String({
      default: '/metrics',
      pattern: '^/',
      title: 'a path',
      description: 'path of the metrics',
    }),
    interval: Type.String({
      default: '30s',
      pattern: '^([1-9]\\d*(ms|s|m|h))+$',
      title: 'a duration such as 30s',
      description: 'interval between two scrapes',
    }),
    labels: strings('labels of the ServiceMonitor, by which Prometheus selects it', RESERVED_LABELS),
  }),
  dashboard: group("ConfigMap with the service's Grafana dashboard, for Grafana's sidecar", {
    enabled: flag('create the ConfigMap'),
    annotations: strings(
      'annotations of the ConfigMap, such as `grafana_folder`, which selects the folder in Grafana',
    ),
  }),
};
