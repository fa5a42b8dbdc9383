import { HANG_TO_KILL_SECONDS } from '../../constructs/inference-probes';
import { distObject, withEnvironment } from '../kit/dist';
import { eventually } from '../kit/kubectl';
import { isReady, Namespace, type Pod } from '../kit/namespace';

let namespace: Namespace;

beforeAll(async () => {
  namespace = await Namespace.create('probes');
  await applyWith('late', { CRASH_AFTER_SECONDS: '0' });
});
afterAll(() => namespace.delete());

/** Applies the pod with probes under another name and with other faults. */
async function applyWith(name: string, faults: Record<string, string>): Promise<void> {
  const pod = withEnvironment(distObject('online-inference-pod-probes'), faults);
  const labels = { ...pod.metadata.labels, 'app.kubernetes.io/instance': name };
  await namespace.apply({ ...pod, metadata: { ...pod.metadata, name, labels } });
}

const secondsBetween = (earlier: string | undefined, later: string | undefined): number =>
  (Date.parse(later ?? '') - Date.parse(earlier ?? '')) / 1000;

const readySince = ({ status }: Pod): string | undefined =>
  status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;

function ready(name: string): Promise<Pod> {
  return eventually(`${name} is Ready`, 90, async () => {
    const pod = await namespace.get<Pod>('pod', name);
    return isReady(pod) && pod;
  });
}

function restarted(name: string): Promise<Pod> {
  return eventually(`${name} has restarted`, 150, async () => {
    const pod = await namespace.get<Pod>('pod', name);
    return (pod.status.containerStatuses?.[0]?.restartCount ?? 0) > 0 && pod;
  });
}

test('a container that crashes is restarted, and its pod becomes Ready again', async () => {
  await applyWith('crashing', { START_DELAY_SECONDS: '2', CRASH_AFTER_SECONDS: '5' });
  const { status } = await restarted('crashing');
  const exitCode = status.containerStatuses?.[0]?.lastState.terminated?.exitCode;
  expect(exitCode).not.toBe(0);
  expect(exitCode).not.toBe(137); // A kill would end it with 137.
  await ready('crashing');
});

test('liveness kills a process that hangs within its budget', async () => {
  await applyWith('hanging', { START_DELAY_SECONDS: '2', CRASH_AFTER_SECONDS: '0', HANG_AFTER_SECONDS: '5' });
  const running = await ready('hanging');
  const { status } = await restarted('hanging');
  const terminated = status.containerStatuses?.[0]?.lastState.terminated;
  expect(terminated?.exitCode).toBe(137); // SIGKILL: a hung process ignores SIGTERM.
  // It serves for up to 5 s after it became ready; timestamps have a resolution of 1 s.
  expect(secondsBetween(readySince(running), terminated?.finishedAt)).toBeLessThanOrEqual(
    5 + HANG_TO_KILL_SECONDS + 2,
  );
  const events = await namespace.kubectl([
    ...['get', 'events', '--field-selector', 'involvedObject.name=hanging'],
  ]);
  expect(events).toContain('Liveness probe failed');
});

test('the demo pod becomes Ready only after its late start', async () => {
  const pod = await ready('late');
  const [container] = pod.status.containerStatuses ?? [];
  expect(container?.restartCount).toBe(0);
  const late = secondsBetween(container?.state.running?.startedAt, readySince(pod));
  expect(late).toBeGreaterThanOrEqual(20);
  expect(late).toBeLessThanOrEqual(35);
});
