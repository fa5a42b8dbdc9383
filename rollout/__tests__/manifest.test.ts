import { InputError, predict } from '../src';
import { changed } from '../src/manifest/change';
import { quantity } from '../src/manifest/quantity';
import { readManifest } from '../src/manifest/read-manifest';
import { workloadSpec } from '../src/manifest/workload';
import { controller, pod } from './manifests';

const read = (text: string, name?: string) => readManifest(text, 'x.yaml', name);
const deployment = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {template: {spec: {containers: [{name: a, image: b}]}}}`;
const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}';

describe('a file', () => {
  test('of a Service, a ConfigMap and one Deployment is about the Deployment', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}';
    expect(read([config, service, deployment('web')].join('\n---\n'))).toMatchObject({
      metadata: { name: 'web' },
    });
  });

  test('of several workloads needs a choice', () => {
    const text = [deployment('web'), deployment('db')].join('\n---\n');
    expect(() => read(text)).toThrow(
      'x.yaml has several workloads, choose one with --name: Deployment/web, Deployment/db',
    );
    expect(read(text, 'deployment/db')).toMatchObject({ metadata: { name: 'db' } });
    expect(() => read(text, 'deployment/x')).toThrow(
      'x.yaml has no deployment/x, only Deployment/web, Deployment/db',
    );
  });

  test.each([
    ['', 'x.yaml is empty'],
    ['a: [', 'x.yaml is not YAML'],
    ['- 1', 'x.yaml is not a manifest'],
    [service, 'x.yaml has no workload, only Service/s'],
  ])('%j is refused in one line', (text, message) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow('\n');
  });

  test('may be a List, as kubectl get gives it', () => {
    const items = [controller({ replicas: 2 })];
    expect(read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toEqual(items[0]);
  });
});

describe('a workload', () => {
  test('has Kubernetes’ defaults where it says nothing', () => {
    expect(workloadSpec(controller({ container: { readinessProbe: {} } }), 'x')).toMatchObject({
      replicas: 1,
      minReadySeconds: 0,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
      template: {
        graceSeconds: 30,
        containers: [
          {
            readiness: {
              initialDelaySeconds: 0,
              periodSeconds: 10,
              timeoutSeconds: 1,
              successThreshold: 1,
              failureThreshold: 3,
            },
          },
        ],
      },
    });
  });

  test('with a limit and no request requests its limit, and a preStop hook that sleeps takes its time', () => {
    const container = {
      resources: { limits: { cpu: '250m', memory: '64Mi' } },
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 5'] } } },
    };
    const { template } = workloadSpec(controller({ container }), 'x');
    expect(template.requests).toEqual({ cpu: 0.25, memory: 64 * 2 ** 20 });
    expect(template.containers[0]?.preStopSeconds).toBe(5);
  });

  test.each([
    [{ maxSurge: 0, maxUnavailable: '0%' }, 'x: maxSurge 0 and maxUnavailable 0% may not both be 0'],
    [{ replicas: -1 }, 'x: spec.replicas is -1, expected'],
    [
      { maxSurge: 'many' },
      'x: spec.strategy.rollingUpdate.maxSurge is "many", expected a whole number from 0 or a percentage',
    ],
    [{ minReadySeconds: 600 }, 'x: progressDeadlineSeconds 600 must be greater than minReadySeconds 600'],
    [
      { pod: { restartPolicy: 'Never' } },
      'x: spec.template.spec.restartPolicy of a Deployment must be Always',
    ],
    [
      { container: { readinessProbe: { periodSeconds: 0 } } },
      'x: spec.template.spec.containers[0].readinessProbe.periodSeconds is 0',
    ],
    [{ pod: { containers: [] } }, 'x: spec.template.spec.containers is []'],
  ])('that the API server would refuse is refused: %j', (fields, message) => {
    expect(() => workloadSpec(controller(fields), 'x')).toThrow(message);
  });
});

describe('a change', () => {
  const two = controller({
    pod: {
      containers: [
        { name: 'web', image: 'a' },
        { name: 'log', image: 'b' },
      ],
    },
  });

  test('of an image names its container where there are several', () => {
    expect(changed(two, { image: 'log=c:v2' }).manifest).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'a' }, { image: 'c:v2' }] } } },
    });
    expect(() => changed(two, { image: 'c:v2' })).toThrow(
      'which container? Use container=image with one of web, log',
    );
    expect(() => changed(two, { image: 'x=c' })).toThrow('no container is named x, there are web, log');
  });

  test('sets any field by its path, the value in YAML', () => {
    const set = [
      'spec.strategy.rollingUpdate.maxSurge=100%',
      'spec.template.spec.containers[name=web].env=[{name: A, value: "1"}]',
    ];
    expect(changed(controller(), { set }).manifest).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxSurge: '100%' } },
        template: { spec: { containers: [{ env: [{ name: 'A', value: '1' }] }] } },
      },
    });
  });

  test('leaves the manifest that it was given as it was', () => {
    const before = JSON.stringify(two);
    changed(two, { image: 'log=c', replicas: 9, set: ['spec.minReadySeconds=3'] });
    expect(JSON.stringify(two)).toBe(before);
  });

  test.each([
    ['spec.templat.spec=1', 'spec has no templat, it has strategy, selector, template'],
    ['spec.template.spec.containers[7].image=x', 'spec.template.spec.containers has no 7, it has 1 items'],
    ['spec.template.spec.containers[name=db].image=x', 'spec.template.spec.containers has no db'],
    ['metadata.name=other', 'a workload keeps its metadata.name'],
    ['spec.selector.matchLabels.app=x', 'a workload keeps its spec.selector'],
    ['spec..x=1', 'cannot read "..x"'],
    ['nonsense', 'expected path=value'],
  ])('with a slip of the pen is refused: %s', (set, message) => {
    expect(() => changed(controller(), { set: [set] })).toThrow(message);
  });

  test('to a value of the wrong type is refused', () => {
    expect(() => predict(controller(), { set: ['spec.replicas=many'] })).toThrow(
      'manifest after the change: spec.replicas is "many", expected integer',
    );
  });

  test('of a Pod can only be of an image', () => {
    expect(() => changed(pod(), { replicas: 2 })).toThrow('a Pod has no replicas');
    expect(() => changed(pod(), { set: ['spec.terminationGracePeriodSeconds=1'] })).toThrow(
      'only a container',
    );
  });
});

test.each([
  ['250m', 0.25],
  ['2', 2],
  [1.5, 1.5],
  ['64Mi', 64 * 2 ** 20],
  ['1e3', 1000],
  ['1G', 1e9],
])('the quantity %s is %d', (text, value) => {
  expect(quantity(text, 'x')).toBe(value);
});

test.each(['', 'much', '1Zi', '-1', '1 Gi'])('%j is no quantity', (text) => {
  expect(() => quantity(text, 'x')).toThrow(InputError);
});
