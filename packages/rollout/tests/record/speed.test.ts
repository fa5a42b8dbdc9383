import { controller, pod, recordingOf, timeline } from './kubernetes-objects';

test('an observation takes the same time with ten times the pods', () => {
  const cost = (pods: number): number => {
    const recording = recordingOf(controller(), [
      0,
      controller({ kind: 'ReplicaSet', name: 'rs-old', owner: 'web' }),
    ]);
    const from = performance.now();
    for (const [at, life] of (['pending', 'running', 'ready', 'ended', 'ready'] as const).entries()) {
      for (let name = 0; name < pods; name++) {
        recording.observe({
          at: at + name / pods,
          type: 'MODIFIED',
          object: pod({ name: `p${name}`, life }),
        });
      }
    }
    expect(timeline(recording).pods).toHaveLength(pods);
    return (performance.now() - from) / pods;
  };
  const best = (pods: number): number => Math.min(cost(pods), cost(pods), cost(pods));
  const [few, many] = [best(200), best(2000)];
  expect(many).toBeLessThan(few * 5);
});
