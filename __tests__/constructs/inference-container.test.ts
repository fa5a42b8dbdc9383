import { Chart, Size, Testing } from 'cdk8s';
import { ConfigMap, Cpu, Env } from 'cdk8s-plus-27';
import { InferenceContainer } from '../../constructs/inference-container';
import { INFERENCE_RESOURCES } from '../../constructs/inference-resources';

const bare = () => new InferenceContainer({ image: 'me/it:v1' })._toKube();

test('it runs the image under the name of the service, pulled only when the node lacks it', () => {
  expect(bare()).toMatchObject({
    name: 'online-inference',
    image: 'me/it:v1',
    imagePullPolicy: 'IfNotPresent',
  });
});

test('it declares the port of the service, by name', () => {
  expect(bare().ports).toEqual([{ containerPort: 8000, name: 'http', protocol: 'TCP' }]);
});

test('it asks for no resources and has no probes unless told to', () => {
  const { resources, startupProbe, readinessProbe, livenessProbe } = bare();
  expect(JSON.stringify({ ...resources })).toBe('{}');
  expect([startupProbe, readinessProbe, livenessProbe]).toEqual([undefined, undefined, undefined]);
});

test('it takes resources', () => {
  const resources = { cpu: { request: Cpu.millis(1) }, memory: { limit: Size.mebibytes(2) } };
  const kube = new InferenceContainer({ image: 'i:1', resources })._toKube();
  expect(kube.resources?.requests?.['cpu']?.value).toBe('1m');
  expect(kube.resources?.limits?.['memory']?.value).toBe('2Mi');
});

test('it takes the entries of a ConfigMap as environment variables', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const envFrom = [Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'config', 'settings'))];
  expect(new InferenceContainer({ image: 'i:1', envFrom })._toKube().envFrom).toEqual([
    { configMapRef: { name: 'settings' } },
  ]);
});

test('it passes Pod Security "restricted"', () => {
  expect(bare().securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('what the service asks for is below what it may take', () => {
  const { cpu, memory } = INFERENCE_RESOURCES;
  expect(Number.parseInt(cpu?.request?.amount ?? '', 10)).toBeLessThan(
    Number.parseInt(cpu?.limit?.amount ?? '', 10),
  );
  expect(memory?.request?.toMebibytes()).toBeLessThan(memory?.limit?.toMebibytes() ?? 0);
});
