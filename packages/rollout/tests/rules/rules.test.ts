import { blueGreenViolations } from '../../src/index.ts';
import { urlPathOf, workloadKindOf } from '../../src/rules/kinds.ts';

test('with 0 replicas, blueGreenViolations reports only the replicas', () => {
  const spec = { maxSurge: '100%', maxUnavailable: 0, minReadySeconds: 9, readySpreadSeconds: 0 };
  expect(blueGreenViolations({ ...spec, replicas: 0 })).toEqual([
    'replicas is 0: blue-green needs at least 1 pod of each version',
  ]);
});

test.each([
  ['deploy', 'Deployment'],
  ['Deployments.apps', 'Deployment'],
  ['rs', 'ReplicaSet'],
  ['replicaset.apps', 'ReplicaSet'],
  ['po', 'Pod'],
  ['pods', 'Pod'],
  ['pod.apps', undefined],
  ['deployment.extensions', undefined],
  ['service', undefined],
])('workloadKindOf(%j) is %s', (name, kind) => {
  expect(workloadKindOf(name)).toBe(kind);
});

test('urlPathOf leads to one object, to a namespace, or to all namespaces', () => {
  expect(urlPathOf('Deployment', 'shop', 'web')).toBe('/apis/apps/v1/namespaces/shop/deployments/web');
  expect(urlPathOf('Pod', 'shop')).toBe('/api/v1/namespaces/shop/pods');
  expect(urlPathOf('Node')).toBe('/api/v1/nodes');
});
