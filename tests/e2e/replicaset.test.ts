import { eventually } from '../kit/kubectl';
import { isReady, type Pod } from '../kit/namespace';
import { appliedDist } from './applied-dist';

const namespace = appliedDist();
const NAME = 'online-inference-replicaset';

async function ownPods(): Promise<readonly Pod[]> {
  const { metadata } = await namespace.get<Pod>('replicaset', NAME);
  return (await namespace.pods()).filter((pod) =>
    pod.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid),
  );
}

test('the ReplicaSet owns exactly the 3 pods that it created, and adopts no bare pod', async () => {
  const pods = await ownPods();
  expect(pods.map((pod) => pod.metadata.name)).toEqual(
    Array(3).fill(expect.stringMatching(`^${NAME}-.{5}$`)),
  );
  const bare = (await namespace.pods()).filter((pod) => !pod.metadata.ownerReferences);
  expect(bare.map((pod) => pod.metadata.name)).toEqual(
    expect.arrayContaining([
      'online-inference-pod',
      'online-inference-pod-probes',
      'online-inference-pod-resources',
    ]),
  );
});

test('the ReplicaSet replaces a deleted pod', async () => {
  const before = new Set((await ownPods()).map((pod) => pod.metadata.name));
  const [victim = ''] = before;
  await namespace.kubectl(['delete', 'pod', victim, '--wait=false']);
  const after = await eventually('three pods are Ready again', 90, async () => {
    const pods = (await ownPods()).filter((pod) => !pod.metadata.deletionTimestamp && isReady(pod));
    return pods.length === 3 && pods.map((pod) => pod.metadata.name);
  });
  expect(after).not.toContain(victim);
  expect(after.filter((name) => !before.has(name))).toHaveLength(1);
});
