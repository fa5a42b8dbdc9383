import { appliedDist } from '../kit/namespace';

test('the namespace refuses a pod that is not restricted, so that every admitted one is', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'unrestricted' },
    spec: { containers: [{ name: 'main', image: 'mivankin/ml_prod_hw2:v1' }] },
  };
  await expect(appliedDist().apply(pod)).rejects.toThrow('violates PodSecurity "restricted');
});
