import { STEADY_IMAGE } from '../kit/images';
import { appliedDist } from './applied-dist';

test('the namespace refuses an unrestricted pod, so every admitted pod is restricted', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'unrestricted' },
    spec: { containers: [{ name: 'main', image: STEADY_IMAGE }] },
  };
  await expect(appliedDist().apply(pod)).rejects.toThrow('violates PodSecurity "restricted');
});
