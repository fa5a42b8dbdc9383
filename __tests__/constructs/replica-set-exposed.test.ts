import { Chart, Testing } from 'cdk8s';
import { Cpu, HorizontalPodAutoscaler, ServiceType, type ServicePort } from 'cdk8s-plus-27';
import { ReplicaSet, type ReplicaSetProps } from '../../constructs/replica-set';
import type { Manifest } from '../support/manifest';
import { only } from '../support/synth';

const made = (
  props: ReplicaSetProps = {},
  ports: readonly { number: number; name?: string }[] = [{ number: 8080, name: 'http' }],
) => {
  const app = Testing.app();
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const container = { image: 'web:1', ports: [...ports], resources: { cpu: { request: Cpu.millis(10) } } };
  return { app, chart, replicaSet: new ReplicaSet(chart, 'web', { containers: [container], ...props }) };
};

const find = (chart: Chart, kind: string) => only(Testing.synth(chart) as Manifest[], kind);

describe('exposed via a Service', () => {
  test('listens on the container ports by default, inside the cluster', () => {
    const { chart, replicaSet } = made();
    replicaSet.exposeViaService();
    expect(find(chart, 'Service').spec).toMatchObject({
      type: 'ClusterIP',
      ports: [{ name: 'http', port: 8080, targetPort: 8080 }],
      selector: find(chart, 'ReplicaSet').spec?.selector?.matchLabels,
    });
  });

  test('takes name, type and ports from the options, and the namespace from the ReplicaSet', () => {
    const { chart, replicaSet } = made({ metadata: { namespace: 'ml' } });
    replicaSet.exposeViaService({
      name: 'front',
      serviceType: ServiceType.NODE_PORT,
      ports: [{ port: 80, targetPort: 8080 }],
    });
    expect(find(chart, 'Service')).toMatchObject({
      metadata: { name: 'front', namespace: 'ml' },
      spec: { type: 'NodePort', ports: [{ port: 80, targetPort: 8080 }] },
    });
  });

  const rejected: [string, Parameters<typeof made>[1], ServicePort[] | undefined, string][] = [
    ['no port', [], undefined, "its containers have no ports; set the option 'ports'"],
    [
      'a target port that no container has',
      undefined,
      [{ port: 80 }],
      'target port 80 is none of the container ports (8080)',
    ],
    [
      'several ports without names',
      [{ number: 1 }, { number: 2 }],
      undefined,
      'port 1 has no name, which each of several ports needs',
    ],
  ];

  test.each(rejected)('rejects %s', (_, open, ports, reason) => {
    const { replicaSet } = made({}, open);
    expect(() => replicaSet.exposeViaService({ ...(ports && { ports }) })).toThrow(
      `Unable to expose replica set ${replicaSet.name} via a service: ${reason}`,
    );
  });
});

test('an Ingress routes a path to the Service', () => {
  const { chart, replicaSet } = made();
  replicaSet.exposeViaIngress('/predict', { name: 'front' });
  expect(find(chart, 'Ingress').spec).toMatchObject({
    rules: [
      {
        http: {
          paths: [{ path: '/predict', backend: { service: { name: 'front', port: { number: 8080 } } } }],
        },
      },
    ],
  });
});

describe('with an autoscaler', () => {
  test('omits replicas', () => {
    const { app, chart, replicaSet } = made();
    new HorizontalPodAutoscaler(chart, 'hpa', { target: replicaSet, maxReplicas: 4 });
    expect(find(chart, 'ReplicaSet').spec).not.toHaveProperty('replicas');
    expect(find(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet.name },
    });
    expect(() => {
      app.synth();
    }).not.toThrow();
  });

  test('fails synthesis when replicas are set', () => {
    const { app, chart, replicaSet } = made({ replicas: 2 });
    new HorizontalPodAutoscaler(chart, 'hpa', { target: replicaSet, maxReplicas: 4 });
    expect(() => {
      app.synth();
    }).toThrow('cannot have a fixed number of replicas (2)');
  });
});
