import { controller, pod, timeline, told } from './objects';

test('a recording keeps up with 1,000 pods that are replaced: an observation costs the same however many there are', () => {
  const cost = (pods: number): number => {
    const recording = told(controller(), [
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
  const [few, many] = [best(300), best(3000)];
  expect(many).toBeLessThan(few * 5);
});
