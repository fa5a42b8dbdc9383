import { InputError } from '../../src/index.ts';
import { parseQuantity } from '../../src/manifest/quantity.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { workloadSpec } from '../../src/manifest/workload.ts';
import { controller } from '../manifests.ts';

const read = (yaml: string, name?: string) => readManifest(yaml, 'x.yaml', { name });
const deployment = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {template: {spec: {containers: [{name: a, image: b}]}}}`;
const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}';

describe('readManifest', () => {
  test('finds the Deployment among a Service and a ConfigMap', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}';
    expect(read([config, service, deployment('web')].join('\n---\n'))).toMatchObject({
      metadata: { name: 'web' },
    });
  });

  test('needs a name if the file has several workloads', () => {
    const two = [deployment('web'), deployment('db')].join('\n---\n');
    expect(() => read(two)).toThrow(
      'x.yaml has several workloads, choose one with --name: Deployment/web, Deployment/db',
    );
    expect(read(two, 'deployment/db')).toMatchObject({ metadata: { name: 'db' } });
    expect(read(two, 'deploy/db')).toMatchObject({ metadata: { name: 'db' } });
    expect(() => read(two, 'deployment/x')).toThrow(
      'x.yaml has no deployment/x, only Deployment/web, Deployment/db',
    );
  });

  test.each([
    ['', 'x.yaml is empty'],
    ['a: [', 'x.yaml is not YAML'],
    ['- 1', 'x.yaml is not a manifest'],
    [service, 'x.yaml has no workload, only Service/s'],
  ])('rejects %j in one line', (yaml, message) => {
    expect(() => read(yaml)).toThrow(InputError);
    expect(() => read(yaml)).toThrow(message);
    expect(() => read(yaml)).not.toThrow('\n');
  });

  test('reads a List, as kubectl get prints it', () => {
    const items = [controller({ replicas: 2 })];
    expect(read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toEqual(items[0]);
  });
});

describe('workloadSpec', () => {
  test('fills in the defaults of Kubernetes', () => {
    expect(
      workloadSpec(controller({ container: { readinessProbe: { tcpSocket: { port: 80 } } } }), 'x'),
    ).toMatchObject({
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

  test('treats a field that is null as absent', () => {
    const nulls = controller({ pod: { initContainers: null }, container: { env: null, resources: null } });
    expect(workloadSpec(nulls, 'x')).toEqual(workloadSpec(controller(), 'x'));
  });

  test('uses a limit as the request, and the sleep of a preStop hook as its duration', () => {
    const container = {
      resources: { limits: { cpu: '250m', memory: '64Mi' } },
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 5'] } } },
    };
    const { template } = workloadSpec(controller({ container }), 'x');
    expect(template.requests).toEqual({ cpu: 0.25, memory: 64 * 2 ** 20 });
    expect(template.containers[0]?.preStopSeconds).toBe(5);
  });
});

test.each([
  ['250m', 0.25],
  ['700m', 0.7],
  ['+2', 2],
  ['2', 2],
  [1.5, 1.5],
  ['64Mi', 64 * 2 ** 20],
  ['1e3', 1000],
  ['1G', 1e9],
])('parseQuantity reads %s as %d', (given, value) => {
  expect(parseQuantity(given, 'x')).toBe(value);
});

test.each(['', 'much', '1Zi', '-1', '1 Gi'])('parseQuantity rejects %j', (given) => {
  expect(() => parseQuantity(given, 'x')).toThrow(InputError);
});
