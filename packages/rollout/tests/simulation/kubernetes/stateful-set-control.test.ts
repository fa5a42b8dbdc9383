import { statefulSetUnavailable } from '../../../src/rules/fenceposts.ts';
import {
  planStatefulSet,
  type StatefulPod,
  type StatefulSetPlan,
  type StatefulSetRules,
} from '../../../src/simulation/stateful-set-rules.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_control_test.go

const rules = (fields: Partial<StatefulSetRules> = {}): StatefulSetRules => ({
  replicas: 3,
  start: 0,
  parallel: false,
  onDelete: false,
  partition: 0,
  maxUnavailable: undefined,
  ...fields,
});
const parallel = true;

/** Returns pods by ordinal: `o` is old and available, `n` new and available, capitals are unavailable, `-` is missing, `t` terminates. */
const pods = (words: string, start = 0): StatefulPod[] =>
  Array.from(words).flatMap((word, index) => {
    if (word === '-') return [];
    const revision = word.toLowerCase() === 'n' ? 1 : 0;
    const available = word === 'o' || word === 'n';
    return [{ ordinal: start + index, revision, available, terminating: word === 't' }];
  });

/** What a sync does: `+2` creates with the new revision, `+2 old` with the current one, `-2` deletes. */
function describePlan({ create, condemn, update }: StatefulSetPlan): string[] {
  return [
    ...create.map(({ ordinal, revision }) => `+${ordinal}${revision === 0 ? ' old' : ''}`),
    ...[...condemn, ...update].map((ordinal) => `-${ordinal}`),
  ];
}

function plan(fields: Partial<StatefulSetRules>, words: string, currentReplicas = words.length): string[] {
  const { start } = rules(fields);
  const revisions = { current: 0, update: 1, currentReplicas };
  return describePlan(planStatefulSet(rules(fields), pods(words, start), revisions));
}

type Row = [name: string, fields: Partial<StatefulSetRules>, pods: string, plan: string[]];

describe('scales in order', () => {
  test.each<Row>([
    ['CreatesPods: one at a time', {}, '---', ['+0']],
    ['CreatesPods: the next when all below are available', {}, 'n--', ['+1']],
    ['CreatesPods: waits for the pods below', {}, 'nN-', []],
    ['ScalesUp', { replicas: 4 }, 'nnn-', ['+3']],
    ['ScalesDown: the highest ordinal first', { replicas: 1 }, 'nnn', ['-2']],
    ['ScalesDown: waits while one terminates', { replicas: 1 }, 'nnt', []],
    ['ScalesDown: waits for a lower unhealthy pod', { replicas: 2 }, 'nnNN', []],
    ['ScalesDown: deletes the only unhealthy pod', { replicas: 2 }, 'nnnN', ['-3']],
    ['ScalesDown: not before the pods to keep are available', { replicas: 2 }, 'nNn', []],
    ['RecreatesPod: a lower one first', {}, '-n-', ['+0']],
  ])('%s', (_, fields, words, expected) => { expect(plan(fields, words)).toEqual(expected); }); // prettier-ignore
});

describe('scales in parallel (TestParallelScale)', () => {
  test.each<Row>([
    ['creates all', { parallel }, '---', ['+0', '+1', '+2']],
    ['does not wait for pods below', { parallel }, 'N--', ['+1', '+2']],
    ['deletes all', { parallel, replicas: 1 }, 'nnn', ['-2', '-1']],
    ['does not delete a terminating pod again', { parallel, replicas: 1 }, 'nnt', ['-1']],
  ])('%s', (_, fields, words, expected) => { expect(plan(fields, words)).toEqual(expected); }); // prettier-ignore
});

describe('updates from the highest ordinal down (TestStatefulSetControlRollingUpdate)', () => {
  test.each<Row>([
    ['monotonic image update', {}, 'ooo', ['-2']],
    ['waits until the pod is gone', {}, 'oot', []],
    ['creates it with the new revision', {}, 'oo-', ['+2']],
    ['waits until it is available', {}, 'ooN', []],
    ['goes on to the next', {}, 'oon', ['-1']],
    ['monotonic image update and scale up: scales first', { replicas: 4 }, 'ooo-', ['+3']],
    ['monotonic image update and scale down: scales first', { replicas: 2 }, 'ooo', ['-2']],
    ['burst image update', { parallel }, 'ooo', ['-2']],
    ['burst image update waits for an updated pod', { parallel }, 'ooN', []],
    ['burst image update waits for a terminating pod', { parallel }, 'oot', []],
    ['a broken pod blocks the update in order (k/k#67250)', {}, 'ooO', []],
    ['a broken pod is replaced in parallel', { parallel }, 'ooO', ['-2']],
    ['done', {}, 'nnn', []],
  ])('%s', (_, fields, words, expected) => { expect(plan(fields, words)).toEqual(expected); }); // prettier-ignore
});

describe('keeps the pods below the partition (TestStatefulSetControlRollingUpdateWithPartition)', () => {
  test.each<Row>([
    ['updates those from the partition on', { partition: 2 }, 'ooo', ['-2']],
    ['ends at the partition', { partition: 2 }, 'oon', []],
    ['updates none with a partition of all', { partition: 3 }, 'ooo', []],
    ['creates a pod below it with the old revision', { partition: 2 }, 'o-n', ['+1 old']],
    ['creates a pod from it on with the new revision', { partition: 2 }, 'oo-', ['+2']],
    ['counts from the first ordinal', { partition: 2, start: 5 }, 'ooo', ['-7']],
  ])('%s', (_, fields, words, expected) => { expect(plan(fields, words)).toEqual(expected); }); // prettier-ignore

  test('without rollingUpdate, keeps the revision of as many pods as still have it', () => {
    expect(plan({ partition: undefined }, 'oo-', 2)).toEqual(['+2']);
    expect(plan({ partition: undefined }, 'o-n', 2)).toEqual(['+1 old']);
  });
});

describe('replaces up to maxUnavailable pods (TestStatefulSetControlRollingUpdateWithMaxUnavailable)', () => {
  const fields = { replicas: 6, partition: 3, maxUnavailable: 2 };
  test.each<Row>([
    ['deletes two', fields, 'oooooo', ['-5', '-4']],
    ['creates one at a time in order', fields, 'oooo--', ['+4']],
    ['creates both in parallel', { ...fields, parallel }, 'oooo--', ['+4', '+5']],
    ['in parallel goes on when one is available', { ...fields, parallel }, 'oooonN', ['-3']],
    ['in order waits for both', fields, 'oooonN', []],
    ['ends at the partition', fields, 'ooonnn', []],
    ['in parallel counts unavailable pods below the partition', { ...fields, parallel }, 'NNoooo', []],
  ])('%s', (_, given, words, expected) => { expect(plan(given, words)).toEqual(expected); }); // prettier-ignore
});

describe('outdated pods that are unavailable (…WithMaxUnavailableAndUnavailableStalePod)', () => {
  test.each<Row>([
    ['a single one is replaced in parallel', { parallel, replicas: 1, maxUnavailable: 1 }, 'O', ['-0']],
    ['it blocks in order', { replicas: 1, maxUnavailable: 1 }, 'O', []],
    ['the highest of 3', { parallel, maxUnavailable: 1 }, 'ooO', ['-2']],
    ['two of 5', { parallel, replicas: 5, maxUnavailable: 2 }, 'oooOO', ['-4', '-3']],
    ['a low one goes before healthy ones', { parallel, maxUnavailable: 1 }, 'Ooo', ['-0']],
    ['the rest of the budget goes to healthy ones', { parallel, maxUnavailable: 2 }, 'Ooo', ['-0', '-2']],
  ])('%s', (_, given, words, expected) => { expect(plan(given, words)).toEqual(expected); }); // prettier-ignore
});

describe('OnDelete (TestStatefulSetControlOnDeleteUpdate)', () => {
  test.each<Row>([
    ['replaces no pod', { onDelete: true }, 'ooo', []],
    ['creates a deleted pod with the new revision', { onDelete: true }, 'o-o', ['+1']],
    ['scales up with the new revision', { onDelete: true, replicas: 4 }, 'ooo-', ['+3']],
  ])('%s', (_, fields, words, expected) => { expect(plan(fields, words)).toEqual(expected); }); // prettier-ignore
});

describe('start ordinal (TestStatefulSetControlWithStartOrdinal)', () => {
  test('begins with it, and removes pods outside', () => {
    const fields = { start: 2, replicas: 2 };
    expect(plan(fields, '--')).toEqual(['+2']);
    const outside = planStatefulSet(rules(fields), pods('nnnn', 0), {
      current: 1,
      update: 1,
      currentReplicas: 4,
    });
    expect(describePlan(outside)).toEqual(['-1']);
  });
});

test('maxUnavailable is rounded down, and at least 1 (Test_getStatefulSetMaxUnavailable)', () => {
  expect([1, 3, '10%', '33%', '60%'].map((value) => statefulSetUnavailable(value, 5))).toEqual([
    1, 3, 1, 1, 3,
  ]);
});
