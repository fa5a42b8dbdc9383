import { blueGreenViolations } from '../../src';

test('with 0 replicas, blueGreenViolations reports only the replicas', () => {
  const spec = { maxSurge: '100%', maxUnavailable: 0, minReadySeconds: 9, readySpreadSeconds: 0 };
  expect(blueGreenViolations({ ...spec, replicas: 0 })).toEqual([
    'replicas is 0: blue-green needs at least 1 pod of each version',
  ]);
});
