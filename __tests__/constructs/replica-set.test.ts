import { Chart, Duration, Testing } from 'cdk8s';
import { Cpu, Deployment, LabelSelector, type Workload } from 'cdk8s-plus-27';
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

const made = (props: ReplicaSetProps = {}) => {
  const chart = new Chart(Testing.app(), 'chart', { disableResourceNameHashes: true });
  return { chart, replicaSet: new ReplicaSet(chart, 'web', { containers: [container], ...props }) };
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
