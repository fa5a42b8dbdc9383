import { parseTimeline, predictOnce } from '../../src/index.ts';
import { endStates, leftOut, messagesOf, predictInput } from '../inputs.ts';
import { controller, pod } from '../manifests.ts';

const image = 'web:v2';
const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'uploads' } }];
const claim = (mode: string): string =>
  `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: uploads}, spec: {accessModes: [${mode}]}}`;
const withClaim = (mode: string, fields: object = {}): string =>
  `${JSON.stringify(controller({ ...fields, pod: { volumes } }))}\n---\n${claim(mode)}`;

describe('a ReadWriteOnce claim', () => {
  test('keeps the new pod on another node in ContainerCreating, and says both', () => {
    const timeline = predictInput('read-write-once');
    expect(timeline.end.reason).toBe('stalled');
    expect(endStates(timeline, 'old')).toEqual(['ready']);
    expect(endStates(timeline, 'new')).toEqual(['pending ContainerCreating']);
    expect(messagesOf(timeline, 'FailedAttachVolume')).toHaveLength(1);
    expect(leftOut(timeline)).toMatch(/claim uploads \(ReadWriteOnce\).*another node.*same node/);
  });

  test('is mounted by both pods on the same node', () => {
    const timeline = predictInput('read-write-once', { capacity: { nodes: 1 } });
    expect(timeline.end.reason).toBe('settled');
    expect(leftOut(timeline)).toContain('Multi-Attach');
  });

  test('goes to the new pod once Recreate has removed the old one', () => {
    const manifest = withClaim('ReadWriteOnce', { strategy: { type: 'Recreate' } });
    expect(predictOnce(manifest, { image }).end.reason).toBe('settled');
  });

  test('is mounted by both pods when the node is chosen by its name', () => {
    const fields = { volumes, nodeSelector: { 'kubernetes.io/hostname': 'a' } };
    expect(predictOnce(controller({ pod: fields }), { image }).end.reason).toBe('settled');
  });

  test('that is not in the file is taken as ReadWriteOnce', () => {
    const timeline = predictOnce(controller({ pod: { volumes } }), { image });
    expect(timeline.end.reason).toBe('stalled');
    expect(leftOut(timeline)).toContain('not in the file, taken as ReadWriteOnce');
  });
});

test('a ReadWriteMany claim does not limit a rollout', () => {
  const timeline = predictOnce(withClaim('ReadWriteMany'), { image });
  expect(timeline.end.reason).toBe('settled');
  expect(leftOut(timeline)).not.toContain('claim');
});

test.each([undefined, { nodes: 2 }])(
  'a ReadWriteOncePod claim keeps the new pod Pending on any node',
  (capacity) => {
    const timeline = predictOnce(withClaim('ReadWriteOncePod'), { image, capacity });
    expect(endStates(timeline, 'new')).toEqual(['pending Unschedulable']);
    expect(messagesOf(timeline, 'FailedScheduling')[0]).toContain('ReadWriteOncePod access mode');
  },
);

describe('readiness gates', () => {
  test('are never passed when nothing says when', () => {
    const timeline = predictInput('readiness-gate');
    expect(endStates(timeline, 'old')).toEqual(['ready', 'ready', 'ready']);
    expect(endStates(timeline, 'new')).toEqual(['starting ReadinessGatesNotReady']);
    expect(leftOut(timeline)).toContain('target-health.elbv2.k8s.aws/x');
  });

  test('are passed after the given time', () => {
    const { pods, end } = predictInput('readiness-gate', { gate: { new: 20 } });
    const first = pods.find(({ version }) => version === 'new')?.states ?? [];
    const at = (state: string): number => first.find((each) => each.state === state)?.at ?? NaN;
    expect(at('ready') - at('starting')).toBeGreaterThan(20);
    expect(end.reason).toBe('settled');
  });

  test('cannot be given to a template that has none', () => {
    expect(() => predictOnce(controller(), { image, gate: 5 })).toThrow('no readinessGates');
  });
});

describe('image pulls', () => {
  test('that fail end in ImagePullBackOff, and the old pod stays', () => {
    const timeline = predictInput('bad-tag', { pull: { new: 'never' } });
    expect(timeline.end.reason).toBe('stalled');
    expect(endStates(timeline, 'old')).toEqual(['ready']);
    expect(endStates(timeline, 'new')).toEqual(['pending ImagePullBackOff']);
    expect(messagesOf(timeline, 'ProgressDeadlineExceeded')).toHaveLength(1);
    expect(parseTimeline(JSON.stringify(timeline)).pods).toEqual(timeline.pods);
  });

  test('are tried again after 10, 20, 40, 80, 160 and 300 s', () => {
    const { events = [] } = predictInput('bad-tag', { pull: { new: 'never' } });
    const tries = events.filter(({ reason }) => reason === 'Failed').map(({ at }) => at);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    for (const [index, backOff] of [10, 20, 40, 80, 160, 300].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(backOff);
      expect(waits[index]).toBeLessThan(1.5 * backOff + 15);
    }
  });

  test('happen once on a node', () => {
    const fields = { replicas: 2, maxSurge: 1, maxUnavailable: 0 };
    const readyAt = (nodes: number): number[] => {
      const { pods } = predictOnce(controller(fields), { image, pull: { new: 60 }, capacity: { nodes } });
      return pods.flatMap(({ version, states }) =>
        version === 'new' ? states.filter(({ state }) => state === 'ready').map(({ at }) => at) : [],
      );
    };
    const [first = 0, second = 0] = readyAt(1);
    expect(first).toBeGreaterThan(60);
    expect(second).toBeLessThan(first + 10);
    expect(readyAt(2)[1]).toBeGreaterThan(120);
  });

  test('slower than the default limit are waited for', () => {
    expect(predictInput('bad-tag', { pull: { new: 2000 } }).end.reason).toBe('settled');
  });

  test('are named when nothing says how long they take', () => {
    expect(leftOut(predictInput('bad-tag'))).toContain('--pull new=60');
  });

  test('in a bare Pod are refused', () => {
    expect(() => predictOnce(pod(), { image, pull: 5 })).toThrow('not predicted');
  });
});
