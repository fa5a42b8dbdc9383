import { HTTP_PORT } from '../../constructs/http-port';
import { podIn, pods } from '../support/dist';
import type { Container } from '../support/manifest';

function containerIn(file: string): Container {
  const [container, ...others] = podIn(file).spec.containers;
  if (!container || others.length > 0) {
    throw new Error(`not exactly one container in ${file}`);
  }
  return container;
}

const probesOf = ({ startupProbe, readinessProbe, livenessProbe }: Container) =>
  [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => probe ?? []);

const probed = pods.filter(({ pod }) => pod.spec.containers.some(({ livenessProbe }) => livenessProbe));

const simplest = containerIn('online-inference-pod');
const { resources, ...rest2a } = containerIn('online-inference-pod-resources');
const { startupProbe, readinessProbe, livenessProbe, ...rest3 } = containerIn('online-inference-pod-probes');
const replicated = podIn('online-inference-replicaset');

test('step 2a is step 2 with resources', () => {
  expect(rest2a).toEqual(simplest);
});

test('step 3 is step 2a with probes, and the demo image', () => {
  expect({ ...rest3, image: simplest.image }).toEqual({ ...rest2a, resources });
  expect(rest3.image).not.toBe(simplest.image);
});

test('step 4 runs the container of step 3 with the steady image', () => {
  expect(replicated.spec.containers).toEqual([
    { ...rest3, startupProbe, readinessProbe, livenessProbe, image: simplest.image },
  ]);
});

test.each(['online-inference-deployment-blue-green', 'online-inference-deployment-rolling-update'])(
  "%s runs the ReplicaSet's pods",
  (file) => {
    expect(podIn(file).spec).toEqual(replicated.spec);
  },
);

test("the bonus runs the ReplicaSet's pods with the ConfigMap's settings", () => {
  const { envFrom, ...container } = containerIn('online-inference-service');
  expect(replicated.spec.containers).toEqual([container]);
  expect(envFrom).toEqual([{ configMapRef: { name: 'online-inference' } }]);
});

test('every workload from step 3 on has all three probes', () => {
  expect(pods.map(({ file, pod }) => [file, pod.spec.containers.flatMap(probesOf).length])).toEqual([
    ['online-inference-deployment-blue-green.yaml', 3],
    ['online-inference-deployment-rolling-update.yaml', 3],
    ['online-inference-pod-probes.yaml', 3],
    ['online-inference-pod-resources.yaml', 0],
    ['online-inference-pod.yaml', 0],
    ['online-inference-replicaset.yaml', 3],
    ['online-inference-service.yaml', 3],
  ]);
});

test.each(probed)('$file: the probes ask a port that the container declares', ({ pod }) => {
  for (const container of pod.spec.containers) {
    const declared = container.ports.flatMap(({ containerPort, name }) => [containerPort, name]);
    for (const { httpGet } of probesOf(container)) {
      expect(declared).toContain(httpGet.port);
    }
  }
});

test.each(probed)('$file: a hung process is killed sooner than one that drains', ({ pod }) => {
  for (const { livenessProbe: liveness } of pod.spec.containers) {
    expect(liveness?.terminationGracePeriodSeconds).toBeLessThan(pod.spec.terminationGracePeriodSeconds ?? 30);
  }
});

test('every pod listens on the one port', () => {
  expect(pods.flatMap(({ pod }) => pod.spec.containers.flatMap(({ ports }) => ports))).toEqual(
    pods.map(() => ({ containerPort: HTTP_PORT, name: 'http', protocol: 'TCP' })),
  );
});
