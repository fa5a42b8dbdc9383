import { Chart, Duration, Testing } from 'cdk8s';
import {
  Cpu,
  Deployment,
  LabelSelector,
  type Workload,
  HorizontalPodAutoscaler,
  ServiceType,
  type ServicePort,
} from 'cdk8s-plus-27';
import { ReplicaSet, type ReplicaSetProps } from '../../constructs/replica-set';
import { schemaViolations } from '../support/kubernetes-schema';
import type { Manifest } from '../support/manifest';
import { only } from '../support/synth';

const container = {
  name: 'web',
  image: 'web:1',
  ports: [{ number: 8080, name: 'http' }],
  resources: { cpu: { request: Cpu.millis(10) } },
};

const made = (props: ReplicaSetProps = {}, ports: { number: number; name?: string }[] = container.ports) => {
  const app = Testing.app();
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const containers = [{ ...container, ports }];
  return { app, chart, replicaSet: new ReplicaSet(chart, 'web', { containers, ...props }) };
};

const manifestsOf = (chart: Chart) => Testing.synth(chart) as Manifest[];
const specOf = (chart: Chart) => only(manifestsOf(chart), 'ReplicaSet').spec;

test('has one pod by default, which is available as soon as it is ready', () => {
  expect(specOf(made().chart)).toMatchObject({ replicas: 1, minReadySeconds: 0 });
});

test('sets replicas and minReadySeconds', () => {
  const { chart } = made({ replicas: 5, minReady: Duration.minutes(1) });
  expect(specOf(chart)).toMatchObject({ replicas: 5, minReadySeconds: 60 });
});

test('accepts 0 replicas', () => {
  expect(specOf(made({ replicas: 0 }).chart)?.replicas).toBe(0);
});

test('selects its pods by a label of cdk8s, as every workload of cdk8s-plus does', () => {
  const spec = specOf(made().chart);
  const label = 'cdk8s.io/metadata.addr';
  expect(spec?.selector?.matchLabels).toHaveProperty([label]);
  expect(spec?.template?.metadata.labels[label]).toBe(spec?.selector?.matchLabels?.[label]);
});

test('has no selector when `select` is false, until select() is called', () => {
  const { chart, replicaSet } = made({ select: false, podMetadata: { labels: { app: 'web' } } });
  expect(specOf(chart)?.selector).toEqual({});
  replicaSet.select(LabelSelector.of({ labels: { app: 'web' } }));
  expect(specOf(chart)?.selector).toEqual({ matchLabels: { app: 'web' } });
});

const props = {
  containers: [container],
  metadata: { name: 'web', labels: { team: 'ml' }, annotations: { note: 'x' } },
  podMetadata: { labels: { app: 'web' }, annotations: { checksum: 'y' } },
  automountServiceAccountToken: false,
  securityContext: { user: 7, ensureNonRoot: true },
  terminationGracePeriod: Duration.seconds(5),
  replicas: 2,
  minReady: Duration.seconds(3),
  spread: true,
};

test('has the metadata, selector and pods of a Deployment with the same properties', () => {
  const of = (kind: string, make: (chart: Chart) => Workload) => {
    const chart = new Chart(Testing.app(), 'chart', { labels: { shared: 'label' } });
    make(chart);
    return only(manifestsOf(chart), kind);
  };
  const replicaSet = of('ReplicaSet', (chart) => new ReplicaSet(chart, 'web', props));
  const { strategy, ...deployment } = {
    ...of('Deployment', (chart) => new Deployment(chart, 'web', props)).spec,
  };
  expect(strategy).toBeDefined();
  expect({ progressDeadlineSeconds: 600, ...replicaSet.spec }).toEqual(deployment);
  expect(replicaSet.metadata).toMatchObject({ name: 'web', labels: { team: 'ml', shared: 'label' } });
  expect(schemaViolations(replicaSet)).toEqual([]);
});

test('creates a NetworkPolicy with `isolate`', () => {
  const { chart } = made({ isolate: true });
  expect(manifestsOf(chart).map(({ kind }) => kind)).toContain('NetworkPolicy');
});

describe('exposed', () => {
  const find = (chart: Chart, kind: string) => only(manifestsOf(chart), kind);

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
});
