import { InputError } from '../src';
import { quantity } from '../src/manifest/quantity';
import { readManifest } from '../src/manifest/read-manifest';
import { workloadSpec } from '../src/manifest/workload';
import { controller } from './manifests';

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
    expect(read(text, 'deploy/db')).toMatchObject({ metadata: { name: 'db' } });
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

  test('has no field that is null', () => {
    const nulls = controller({ pod: { initContainers: null }, container: { env: null, resources: null } });
    expect(workloadSpec(nulls, 'x')).toEqual(workloadSpec(controller(), 'x'));
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
    [
      { strategy: { type: 'Recreate', rollingUpdate: {} } },
      "x: spec.strategy.rollingUpdate may not be given where spec.strategy.type is Recreate: replace both with --set 'spec.strategy={type: Recreate}'",
    ],
    [
      { container: { startupProbe: { successThreshold: 2 } } },
      'x: spec.template.spec.containers[0].startupProbe.successThreshold is 2, expected 1',
    ],
  ])('that the API server would refuse is refused: %j', (fields, message) => {
    expect(() => workloadSpec(controller(fields), 'x')).toThrow(message);
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
