import { HTTP_PORT, SERVICE_NAME } from '../../constructs/image';
import { podIn, pods } from '../support/dist';
import type { Container } from '../support/manifest';

function containerIn(file: string): Container {
  const [container, ...others] = podIn(file).spec.containers;
  if (!container || others.length > 0) {
    throw new Error(`expected 1 container in ${file}, found ${others.length + (container ? 1 : 0)}`);
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

test('step 3 is step 2a with probes and the demo image', () => {
  expect({ ...rest3, image: simplest.image }).toEqual({ ...rest2a, resources });
  expect(rest3.image).not.toBe(simplest.image);
});

test('step 4 runs the container of step 3 with the steady image', () => {
  expect(replicated.spec.containers).toEqual([
    { ...rest3, startupProbe, readinessProbe, livenessProbe, image: simplest.image },
  ]);
});

test.each(['online-inference-deployment-blue-green', 'online-inference-deployment-rolling-update'])(
  '%s runs the pods of the ReplicaSet',
  (file) => {
    expect(podIn(file).spec).toEqual(replicated.spec);
  },
);

test('the bonus runs the container of the ReplicaSet with the settings in the ConfigMap', () => {
  const { envFrom, ...container } = containerIn('online-inference-service');
  expect(replicated.spec.containers).toEqual([container]);
  expect(envFrom).toEqual([{ configMapRef: { name: SERVICE_NAME } }]);
});

test('the pods of steps 2 and 2a have no probes; every other pod that restarts has all three', () => {
  const restarting = pods.filter(({ pod }) => (pod.spec.restartPolicy ?? 'Always') === 'Always');
  const [without, others] = [
    restarting.filter(({ file }) => /-pod(-resources)?\.yaml$/.test(file)),
    restarting.filter(({ file }) => !/-pod(-resources)?\.yaml$/.test(file)),
  ].map((some) => some.map(({ pod }) => pod.spec.containers.flatMap(probesOf).length));
  expect(without).toEqual([0, 0]);
  expect(others).not.toHaveLength(0);
  expect(new Set(others)).toEqual(new Set([3]));
});

test.each(probed)('$file: the probes use a port that the container declares', ({ pod }) => {
  for (const container of pod.spec.containers) {
    const declared = (container.ports ?? []).flatMap(({ containerPort, name }) => [containerPort, name]);
    for (const { httpGet } of probesOf(container)) {
      expect(declared).toContain(httpGet.port);
    }
  }
});

test.each(probed)('$file: a hung process is killed sooner than a draining one', ({ pod }) => {
  for (const { livenessProbe: liveness } of pod.spec.containers) {
    expect(liveness?.terminationGracePeriodSeconds).toBeLessThan(pod.spec.terminationGracePeriodSeconds ?? 30);
  }
});

test.each(probed)('$file: the service listens on its port', ({ pod }) => {
  expect(pod.spec.containers.flatMap(({ ports }) => ports)).toEqual([
    { containerPort: HTTP_PORT, name: 'http', protocol: 'TCP' },
  ]);
});
