import type { ServiceType } from 'cdk8s-plus-27';
import { Type } from '@sinclair/typebox';
import type * as k8s from '../../../imports/k8s';
import { flag, group, list, name, oneOf, RESERVED_LABELS, strings, whole } from './kinds';

/** How requests come in. */
export const traffic = {
  service: group('How the pods are reached inside the cluster', {
    type: Type.Unsafe<ServiceType>(
      oneOf(['ClusterIP', 'NodePort', 'LoadBalancer'], {
        default: 'ClusterIP',
        description: 'kind of Service',
      }),
    ),
    port: whole({ default: 80, minimum: 1, maximum: 65_535, description: 'port of the Service' }),
    nodePort: whole({
      default: 0,
      minimum: 0,
      maximum: 65_535,
      description: 'port on every node, of NodePort and LoadBalancer; 0 lets the cluster choose',
    }),
    annotations: strings('annotations of the Service'),
  }),
  networkPolicy: group(
    'A NetworkPolicy that lets in requests to the service, and nothing out; it needs a network plugin that enforces it',
    {
      enabled: flag('whether there is one', true),
      from: list<k8s.NetworkPolicyPeer>(
        'peers that may ask the service; empty is any, as Ingress controllers, node ports and Prometheus come from elsewhere',
      ),
      egress: list<k8s.NetworkPolicyEgressRule>(
        'rules for what the pods may reach; empty is nothing, not even DNS, as the service calls nobody',
      ),
    },
  ),
  ingress: group('An Ingress', {
    enabled: flag('whether there is one'),
    className: name("the IngressClass; empty is the cluster's default"),
    annotations: strings('annotations of the Ingress'),
    hosts: Type.Array(
      Type.Object({
        host: Type.String({ pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' }),
        paths: Type.Array(
          Type.Object({
            path: Type.String({ pattern: '^/' }),
            pathType: oneOf(['Prefix', 'Exact', 'ImplementationSpecific'], {
              default: 'Prefix',
              description: '',
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
    tls: list<k8s.IngressTls>('certificates, each with `hosts` and `secretName`'),
  }),
  httpRoute: group('An HTTPRoute of the Gateway API', {
    enabled: flag('whether there is one'),
    annotations: strings('annotations of the HTTPRoute'),
    parentRefs: Type.Array(Type.Unsafe<object>({ type: 'object', required: ['name'] }), {
      default: [{ name: 'gateway' }],
      minItems: 1,
      description: 'Gateways that it belongs to',
    }),
    hostnames: Type.Array(Type.String({ minLength: 1 }), {
      default: ['online-inference.example'],
      description: 'hosts that it answers for; empty is any',
    }),
  }),
  serviceMonitor: group('A ServiceMonitor of the Prometheus operator', {
    enabled: flag('whether there is one'),
    path: Type.String({
      default: '/metrics',
      pattern: '^/',
      title: 'a path',
      description: 'where the metrics are',
    }),
    interval: Type.String({
      default: '30s',
      pattern: '^([1-9]\\d*(ms|s|m|h))+$',
      title: 'a duration such as 30s',
      description: 'how often it asks',
    }),
    labels: strings('labels by which a Prometheus selects it', RESERVED_LABELS),
  }),
  dashboard: group("The service's Grafana dashboard, in a ConfigMap that Grafana's sidecar finds", {
    enabled: flag('whether there is one'),
    annotations: strings('annotations of the ConfigMap, such as the `grafana_folder` that the sidecar reads'),
  }),
};
