import { Chart, Testing } from 'cdk8s';
import { Cpu, HorizontalPodAutoscaler, ServiceType, type ServicePort } from 'cdk8s-plus-27';
import { ReplicaSet, type ReplicaSetProps } from '../../constructs/replica-set';
import type { Manifest } from '../support/manifest';
import { only } from '../support/synth';

const made = (
  props: ReplicaSetProps = {},
  ports: readonly { number: number; name?: string }[] = [{ number: 8000, name: 'http' }],
) => {
  const app = Testing.app();
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const container = { image: 'web:1', ports: [...ports], resources: { cpu: { request: Cpu.millis(10) } } };
  return { app, chart, replicaSet: new ReplicaSet(chart, 'web', { containers: [container], ...props }) };
};

const find = (chart: Chart, kind: string) => only(Testing.synth(chart) as Manifest[], kind);

describe('exposed via a Service', () => {
  test("it is reached on its containers' ports, inside the cluster", () => {
    const { chart, replicaSet } = made();
    replicaSet.exposeViaService();
    expect(find(chart, 'Service').spec).toMatchObject({
      type: 'ClusterIP',
      ports: [{ name: 'http', port: 8000, targetPort: 8000 }],
      selector: find(chart, 'ReplicaSet').spec?.selector?.matchLabels,
    });
  });

  test('name, type, ports and its namespace are taken over', () => {
    const { chart, replicaSet } = made({ metadata: { namespace: 'ml' } });
    replicaSet.exposeViaService({
      name: 'front',
      serviceType: ServiceType.NODE_PORT,
      ports: [{ port: 80, targetPort: 8000 }],
    });
    expect(find(chart, 'Service')).toMatchObject({
      metadata: { name: 'front', namespace: 'ml' },
      spec: { type: 'NodePort', ports: [{ port: 80, targetPort: 8000 }] },
    });
  });

  const refused: [string, Parameters<typeof made>[1], ServicePort[] | undefined, string][] = [
    ['no port', [], undefined, "its containers have no ports and 'ports' is not given"],
    ['a port of no container', undefined, [{ port: 80 }], 'no container has the port 80; they have 8000'],
    [
      'several ports without names',
      [{ number: 1 }, { number: 2 }],
      undefined,
      'port 1 is one of several and has no name',
    ],
  ];

  test.each(refused)('it refuses %s', (_, open, ports, reason) => {
    const { replicaSet } = made({}, open);
    expect(() => replicaSet.exposeViaService({ ...(ports && { ports }) })).toThrow(
      `Unable to expose replica set ${replicaSet.name} via a service: ${reason}`,
    );
  });
});

test('exposed via an Ingress, a path leads to its Service', () => {
  const { chart, replicaSet } = made();
  replicaSet.exposeViaIngress('/predict', { name: 'front' });
  expect(find(chart, 'Ingress').spec).toMatchObject({
    rules: [
      {
        http: {
          paths: [{ path: '/predict', backend: { service: { name: 'front', port: { number: 8000 } } } }],
        },
      },
    ],
  });
});

describe('with an autoscaler', () => {
  test('it leaves the number of pods to it', () => {
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

  test('a number of its own fails synthesis', () => {
    const { app, chart, replicaSet } = made({ replicas: 2 });
    new HorizontalPodAutoscaler(chart, 'hpa', { target: replicaSet, maxReplicas: 4 });
    expect(() => {
      app.synth();
    }).toThrow('cannot have a fixed number of replicas (2)');
  });
});
