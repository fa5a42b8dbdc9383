import { parseTimeline } from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { rollout } from '../run.ts';

const initContainers = [{ name: 'migrate', image: 'migrate:v1' }];
const manifest = (pod: object = {}): string =>
  JSON.stringify(
    controller({ replicas: 2, maxSurge: 1, maxUnavailable: 0, container: { readinessProbe }, pod }),
  );
const image = ['--image', 'web:v2'];

test.each<[string, string[], string]>([
  [
    'a revision that no change makes',
    [...image, '--start-delay', '7=3'],
    '--start-delay 7=…: no such revision',
  ],
  ['init containers that the pod does not have', [...image, '--init', '5'], '--init: no pod template has'],
  [
    'a limit before the shortest time',
    [...image, '--for', '50', '--limit', '20'],
    '--limit 20: shorter than',
  ],
])('predict refuses %s by the name of the flag', async (_title, args, message) => {
  const { code, err, out } = await rollout(['predict', '-', ...args], manifest());
  expect(err).toContain(message);
  expect(code).toBe(2);
  expect(out).toBe('');
});

const predicted = async (args: string[], pod?: object) =>
  parseTimeline((await rollout(['predict', '-', '--json', '--draws', '1', ...args], manifest(pod))).out);

test('predict passes on how long init containers run', async () => {
  const { end } = await predicted([...image, '--init', 'new=30'], { initContainers });
  expect(end.at).toBeGreaterThan(60);
});

test('predict applies the behaviour of old pods, and of those that a new number of replicas creates', async () => {
  const { pods } = await predicted([...image, '--crash-after', 'old=5', '--start-delay', 'new=20']);
  expect(pods.filter(({ version }) => version === 'old').every(({ restarts }) => restarts > 0)).toBe(true);
  const { end } = await predicted(['--replicas', '4', '--start-delay', 'new=20']);
  expect(end.at).toBeGreaterThan(20);
});

test('predict shows when the progress deadline is exceeded', async () => {
  const { out } = await rollout(
    ['predict', '-', ...image, '--start-delay', 'new=9', '--crash-after', 'new=5', '--draws', '1'],
    manifest(),
  );
  expect(out).toMatch(/60[12] s {2}ProgressDeadlineExceeded/);
});
