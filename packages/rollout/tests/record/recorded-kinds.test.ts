import type { Recording } from '../../src/record/recording';
import { controller, lanes, pod, timeline, recordingOf } from './kubernetes-objects';

describe('a recording of a ReplicaSet', () => {
  const set = controller({ kind: 'ReplicaSet', name: 'rs' });
  const mine = { owner: 'rs', life: 'ready' as const };
  test('a pod created after the change is new, a pod created before stays old', () => {
    const after = controller({ kind: 'ReplicaSet', name: 'rs', env: '2', generation: 2 });
    const recording = recordingOf(
      set,
      [0, pod({ ...mine, name: 'a' })],
      [1, after],
      [2, pod({ ...mine, name: 'b', env: '2' })],
    );
    expect(lanes(recording).map((lane) => (lane as string[]).slice(0, 2))).toEqual([
      ['a', 'old'],
      ['b', 'new'],
    ]);
  });

  test('pods keep their version if the change adds or removes a field', () => {
    const none = controller({ kind: 'ReplicaSet', name: 'rs', env: '' });
    const versions = (recording: Recording): unknown[] =>
      timeline(recording).pods.map(({ version }) => version);
    const [without, having] = [pod({ ...mine, name: 'a', env: '' }), pod({ ...mine, name: 'b', env: '1' })];
    expect(versions(recordingOf(none, [0, without], [1, set], [2, having]))).toEqual(['old', 'new']);
    expect(versions(recordingOf(set, [0, having], [1, none], [2, without]))).toEqual(['old', 'new']);
  });
});

describe('a recording of a Pod', () => {
  const lone = pod({ owner: null, life: 'ready' });
  test('a new image in place starts a new lane when the container is replaced', () => {
    const asked = pod({ owner: null, image: 'web:v2', life: 'ready' });
    const replaced = pod({ owner: null, image: 'web:v2', life: 'running', container: 'c2', restarts: 1 });
    const recording = recordingOf(lone, [0, lone], [5, asked], [6, replaced]);
    expect(lanes(recording)).toEqual([
      ['web-1', 'old', '-5 ready, 1 gone'],
      ['web-1', 'new', '1 starting'],
    ]);
    expect(timeline(recording).pods.map(({ restarts }) => restarts)).toEqual([0, 0]);
    expect(recording.settled).toBe(false);
  });
});
