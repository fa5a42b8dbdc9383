import { podTemplate } from '../src/manifest/template';
import { podsToDelete } from '../src/simulation/deletion-order';
import type { PodObject, SeenPod } from '../src/simulation/objects';

interface Facts extends Partial<SeenPod> {
  readonly createdAt?: number;
  readonly uid?: number;
  readonly cost?: string;
  readonly node?: number;
}

const NOW = 10_000;

function aPod(name: string, { createdAt = 0, uid = 0, cost, node = 0, ...seen }: Facts): PodObject {
  const annotations = cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost };
  return {
    name,
    uid,
    template: podTemplate({ metadata: { annotations }, spec: { containers: [{ name: 'a', image: 'a' }] } }),
    revision: 0,
    owner: undefined,
    createdAt,
    node,
    running: true,
    ready: true,
    readySecond: 0,
    everReady: true,
    restarts: 0,
    deleting: false,
    gone: false,
    states: [],
    seen: {
      active: true,
      assigned: true,
      running: true,
      ready: true,
      readySecond: 0,
      restarts: 0,
      available: true,
      ...seen,
    },
  };
}

test.each<[string, Facts, Facts]>([
  ['without a node before with one', { assigned: false }, {}],
  ['pending before running', { running: false }, {}],
  ['not ready before ready', { ready: false }, {}],
  ['the cheaper before the dearer', { cost: '-5' }, { cost: '1' }],
  ['not ready before cheap', { ready: false, cost: '9' }, { cost: '-9' }],
  ['ready for less before ready for longer', { readySecond: NOW - 10 }, { readySecond: NOW - 100 }],
  [
    'where ready for as long by magnitude, by uid',
    { readySecond: NOW - 70, uid: 0.1 },
    { readySecond: NOW - 80, uid: 0.9 },
  ],
  ['restarted more often before less often', { restarts: 3 }, { restarts: 1 }],
  ['newer before older', { createdAt: NOW - 5 }, { createdAt: NOW - 500 }],
])('%s', (_title, first, second) => {
  const [a, b] = [aPod('first', first), aPod('second', second)];
  const names = (list: PodObject[]) => list.map(({ name }) => name);
  expect(names(podsToDelete([a, b], 1, NOW, () => 1))).toEqual(['first']);
  expect(names(podsToDelete([b, a], 1, NOW, () => 1))).toEqual(['first']);
});

test('the one that shares its node with more of its kind goes first', () => {
  const [crowded, lonely] = [aPod('crowded', { node: 0 }), aPod('lonely', { node: 1 })];
  const [chosen] = podsToDelete([lonely, crowded], 1, NOW, ({ node }) => (node === 0 ? 3 : 1));
  expect(chosen?.name).toBe('crowded');
});
