import { predictOnce, type Manifest } from '../../src/index.ts';
import { workloadSpec } from '../../src/manifest/workload.ts';
import { controller } from '../manifests.ts';

let containersMade = 0;
const cpus = (cpu: number, more: object = {}): object => ({
  name: `c${++containersMade}`,
  image: 'x',
  resources: { requests: { cpu } },
  ...more,
});
const sidecar = (cpu: number): object => cpus(cpu, { restartPolicy: 'Always' });
const containers = [cpus(1), cpus(2)];

test.each<[string, object, number]>([
  ['the sum of its containers', {}, 3],
  ['its largest init container, if that is more', { initContainers: [cpus(5), cpus(4)] }, 5],
  ['the sum of its containers, if no init container is more', { initContainers: [cpus(2), cpus(2)] }, 3],
  ['its sidecars beside its containers', { initContainers: [sidecar(4)] }, 7],
  ['an init container beside the sidecars before it', { initContainers: [sidecar(4), cpus(6)] }, 10],
  ['an init container without the sidecars after it', { initContainers: [cpus(6), sidecar(1)] }, 6],
  ['its overhead in addition', { initContainers: [cpus(5)], overhead: { cpu: '500m' } }, 5.5],
])('a pod requests %s', (_title, pod, cpu) => {
  const { template } = workloadSpec(controller({ pod: { containers, ...pod } }), 'x');
  expect(template.requests).toEqual({ cpu, memory: 0 });
});

test('a pod waits if its init container does not fit on the node', () => {
  const init = controller({ replicas: 1, pod: { initContainers: [cpus(5)] } });
  const { end, events } = predictOnce(init, { replicas: 2, capacity: { cpu: 8 } });
  expect(end.reason).toBe('stalled');
  expect(events?.map(({ reason }) => reason)).toContain('FailedScheduling');
});

describe('the selector of a workload', () => {
  const selecting = (selector?: object): Manifest => {
    const manifest = controller();
    return { ...manifest, spec: { ...Object(manifest['spec']), selector } };
  };
  const expression = (operator: string, ...values: string[]): object => ({
    matchExpressions: [{ key: 'app', operator, values }],
  });

  test.each([
    { matchLabels: { app: 'db' } },
    { matchLabels: { app: 'web', tier: 'x' } },
    expression('In', 'db'),
    expression('NotIn', 'web'),
    expression('DoesNotExist'),
  ])('is rejected if it does not match the labels of the template: %j', (selector) => {
    const message = `x: spec.template.metadata.labels: Invalid value: {"app":"web"}: \`selector\` does not match template \`labels\`: spec.selector is ${JSON.stringify(selector)}`;
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow(message);
  });

  test.each([
    [undefined, 'spec.selector: Required value'],
    [{}, 'spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    [{ matchLabels: {} }, 'empty selector is invalid for deployment'],
  ])('is rejected if it is empty: %j', (selector, message) => {
    expect(() => workloadSpec(selecting(selector), 'x')).toThrow(message);
  });

  test.each([expression('In', 'db', 'web'), expression('NotIn', 'db'), expression('Exists')])(
    'can have expressions: %j',
    (selector) => {
      expect(workloadSpec(selecting(selector), 'x').name).toBe('web');
    },
  );

  test('rejects a change after which the labels no longer match', () => {
    expect(() => predictOnce(controller(), { set: ['spec.template.metadata.labels.app=other'] })).toThrow(
      'manifest after the change: spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match',
    );
  });
});
