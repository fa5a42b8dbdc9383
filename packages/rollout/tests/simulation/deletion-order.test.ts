import { podTemplate } from '../../src/manifest/template.ts';
import { getPodsToDelete } from '../../src/simulation/deletion-order.ts';
import { createPodObject, type CachedPod, type PodObject } from '../../src/simulation/model.ts';

interface Facts extends Partial<CachedPod> {
  readonly createdAt?: number;
  readonly uid?: number;
  readonly cost?: string;
}

const NOW = 10_000;

function createPod(name: string, { createdAt = 0, uid = 0, cost, ...cached }: Facts): PodObject {
  const annotations = cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost };
  const template = podTemplate({
    metadata: { annotations },
    spec: { containers: [{ name: 'a', image: 'a' }] },
  });
  const pod = createPodObject({ name, uid, template, revision: 0, owner: undefined, createdAt });
  Object.assign(pod.cached, { active: true, assigned: true, running: true, ready: true, ...cached });
  return pod;
}

const names = (pods: PodObject[]): string[] => pods.map(({ name }) => name);

describe('a ReplicaSet deletes', () => {
  test.each<[string, Facts, Facts]>([
    ['an unassigned pod before an assigned one', { assigned: false }, {}],
    ['a pending pod before a running one', { running: false }, {}],
    ['an unready pod before a ready one', { ready: false }, {}],
    ['the pod with the lower deletion cost first', { cost: '-5' }, { cost: '1' }],
    ['an unready pod before one with a lower deletion cost', { ready: false, cost: '9' }, { cost: '-9' }],
    ['the pod that became ready later first', { readySecond: NOW - 10 }, { readySecond: NOW - 100 }],
    [
      'the pod with the lower uid first when both became ready in the same order of magnitude',
      { readySecond: NOW - 70, uid: 0.1 },
      { readySecond: NOW - 80, uid: 0.9 },
    ],
    ['the pod with more restarts first', { restarts: 3 }, { restarts: 1 }],
    ['the newer pod first', { createdAt: NOW - 5 }, { createdAt: NOW - 500 }],
  ])('%s', (_title, first, second) => {
    const [a, b] = [createPod('first', first), createPod('second', second)];
    expect(names(getPodsToDelete([a, b], 1, NOW, () => 1))).toEqual(['first']);
    expect(names(getPodsToDelete([b, a], 1, NOW, () => 1))).toEqual(['first']);
  });

  test('the pod first that shares its node with more pods', () => {
    const [crowded, alone] = [createPod('crowded', {}), createPod('alone', {})];
    expect(names(getPodsToDelete([alone, crowded], 1, NOW, (pod) => (pod === crowded ? 3 : 1)))).toEqual([
      'crowded',
    ]);
  });

  test('the requested number of pods, in order', () => {
    const pods = [3, 0, 2, 1].map((restarts) => createPod(`restarts-${restarts}`, { restarts }));
    expect(names(getPodsToDelete(pods, 3, NOW, () => 1))).toEqual(['restarts-3', 'restarts-2', 'restarts-1']);
  });
});
