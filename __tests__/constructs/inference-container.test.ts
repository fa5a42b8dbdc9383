import { Chart, Size, Testing } from 'cdk8s';
import { ConfigMap, Cpu, Env } from 'cdk8s-plus-27';
import { InferenceContainer } from '../../constructs/inference-container';

const bare = () => new InferenceContainer({ image: 'me/it:v1' })._toKube();

test('has the name of the service, and pulls the image only if the node lacks it', () => {
  expect(bare()).toMatchObject({
    name: 'online-inference',
    image: 'me/it:v1',
    imagePullPolicy: 'IfNotPresent',
  });
});

test('has no resources and no probes by default', () => {
  const { resources, startupProbe, readinessProbe, livenessProbe } = bare();
  expect(JSON.stringify({ ...resources })).toBe('{}');
  expect([startupProbe, readinessProbe, livenessProbe]).toEqual([undefined, undefined, undefined]);
});

test('takes resources', () => {
  const resources = { cpu: { request: Cpu.millis(1) }, memory: { limit: Size.mebibytes(2) } };
  const kube = new InferenceContainer({ image: 'i:1', resources })._toKube();
  expect(kube.resources?.requests?.['cpu']?.value).toBe('1m');
  expect(kube.resources?.limits?.['memory']?.value).toBe('2Mi');
});

test('takes the entries of a ConfigMap as environment variables', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const envFrom = [Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'config', 'settings'))];
  expect(new InferenceContainer({ image: 'i:1', envFrom })._toKube().envFrom).toEqual([
    { configMapRef: { name: 'settings' } },
  ]);
});
