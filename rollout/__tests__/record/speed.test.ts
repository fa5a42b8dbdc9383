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
  cost(300); // warm up
  const [few, many] = [cost(300), cost(3000)];
  expect(many).toBeLessThan(few * 5);
});
