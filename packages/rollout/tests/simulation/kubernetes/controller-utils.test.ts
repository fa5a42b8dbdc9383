import { podTemplate } from '../../../src/manifest/template.ts';
import { getPodsToDelete } from '../../../src/simulation/deletion-order.ts';
import { createPodObject, type CachedPod, type PodObject } from '../../../src/simulation/model.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils_test.go
// `TestSortingActivePods` and `TestSortingActivePodsWithRanks`, but for the phase Unknown and a Ready condition without a time

const HOUR = 3600;
const NOW = 10 * 365 * 24 * HOUR;
const MONTH_AGO = NOW - 30 * 24 * HOUR;

interface Facts extends Partial<CachedPod> {
  readonly createdAt?: number;
  readonly cost?: string;
}

function createPod(facts: Facts, uid: number): PodObject {
  const { createdAt = NOW, cost, ...cached } = facts;
  const annotations = cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost };
  const template = podTemplate({
    metadata: { annotations },
    spec: { containers: [{ name: 'a', image: 'a' }] },
  });
  const pod = createPodObject({ name: `${uid}`, uid, template, revision: 0, owner: undefined, createdAt });
  Object.assign(pod.cached, {
    active: true,
    assigned: true,
    running: true,
    ready: true,
    readySecond: NOW,
    ...cached,
  });
  return pod;
}

/** Returns which of two pods is deleted first, if the first one has the lower and if it has the higher uid. */
function firstDeleted(a: Facts, b: Facts, rankA = 1, rankB = 1): string[] {
  return [0.1, 0.9].map((uid) => {
    const [first, second] = [createPod(a, uid), createPod(b, 1 - uid)];
    const rank = (pod: PodObject): number => (pod === first ? rankA : rankB);
    const [chosen] = getPodsToDelete([first, second], 1, NOW, rank);
    return chosen === first ? 'a' : 'b';
  });
}

const unscheduled = { assigned: false, running: false, ready: false };
const pending = { running: false, ready: false };
const notReady = { ready: false };
const readyNow = {};
const readyThen = { readySecond: MONTH_AGO, createdAt: MONTH_AGO };
const manyRestarts = { restarts: 9001 };
const createdThen = { createdAt: MONTH_AGO };
const lowCost = { createdAt: MONTH_AGO, cost: '10' };
const highCost = { createdAt: MONTH_AGO, cost: '100' };
const readySince = (hours: number): Facts => ({ readySecond: NOW - hours * HOUR, createdAt: MONTH_AGO });
const unscheduledSince = (hours: number): Facts => ({ ...unscheduled, createdAt: NOW - hours * HOUR });

describe('a ReplicaSet deletes the first pod first', () => {
  test.each<[string, Facts, number, Facts, number]>([
    ['unscheduled before pending', unscheduled, 1, pending, 2],
    ['unscheduled before pending, of a higher rank', unscheduled, 2, pending, 1],
    ['pending before not ready', pending, 1, notReady, 2],
    ['not ready before ready', notReady, 1, readyNow, 1],
    ['ready now before ready a month ago', readyNow, 1, readyThen, 1],
    ['ready now before ready a month ago, of a higher rank', readyNow, 2, readyThen, 1],
    ['more restarts before fewer', manyRestarts, 1, readyNow, 1],
    ['a higher rank before more restarts', readyNow, 2, manyRestarts, 1],
    ['created now before created a month ago', readyNow, 1, createdThen, 1],
    ['a higher rank before a later creation', createdThen, 2, readyNow, 1],
    ['a lower deletion cost before a higher one', lowCost, 2, highCost, 1],
    ['a lower deletion cost of a lower rank', lowCost, 1, highCost, 2],
    ['ready for 2 hours before ready for 5', readySince(2), 1, readySince(5), 1],
  ])('%s', (_title, a, rankA, b, rankB) => {
    expect(firstDeleted(a, b, rankA, rankB)).toEqual(['a', 'a']);
  });
});

describe('the uid decides between equal pods', () => {
  test.each<[string, Facts, Facts?]>([
    ['unscheduled', unscheduled],
    ['pending', pending],
    ['not ready', notReady],
    ['ready', readyNow],
    ['ready a month ago', readyThen],
    ['with many restarts', manyRestarts],
    ['created a month ago', createdThen],
    ['unscheduled for 5 and 8 hours', unscheduledSince(5), unscheduledSince(8)],
    ['ready for 5 and 8 hours', readySince(5), readySince(8)],
  ])('%s', (_title, a, b = a) => {
    expect(firstDeleted(a, b)).toEqual(['a', 'b']);
  });
});

test('a ReplicaSet deletes pods of one rank in this order', () => {
  const inOrder: Facts[] = [
    unscheduled,
    pending,
    notReady,
    { restarts: 3 },
    { readySecond: MONTH_AGO, restarts: 3 },
    { readySecond: MONTH_AGO, restarts: 2 },
    { readySecond: MONTH_AGO, restarts: 2, createdAt: MONTH_AGO },
  ];
  const pods = inOrder.map((facts, index) => createPod(facts, index));
  const shuffled = [3, 6, 0, 5, 2, 4, 1].flatMap((index) => pods[index] ?? []);
  expect(getPodsToDelete(shuffled, pods.length, NOW, () => 1)).toEqual(pods);
});
