import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { HANG_TO_KILL_SECONDS } from '../../constructs/inference-probes';
import { eventually } from '../kit/kubectl';
import { isReady, Namespace, type Pod } from '../kit/namespace';

const NAME = 'online-inference-pod-probes';

let namespace: Namespace;

beforeAll(async () => {
  namespace = await Namespace.create('probes');
  await applyWith('late', { CRASH_AFTER_SECONDS: '0' });
});
afterAll(() => namespace.delete());

interface Manifest {
  metadata: { name: string; labels: Record<string, string> };
  spec: { containers: { env?: { name: string; value: string }[] }[] };
}

/** The pod of `dist/` under another name, with its built-in faults set otherwise. */
async function applyWith(name: string, faults: Record<string, string>): Promise<void> {
  const pod = parse(readFileSync(`dist/${NAME}.yaml`, 'utf8')) as Manifest;
  pod.metadata.name = name;
  pod.metadata.labels['app.kubernetes.io/instance'] = name;
  for (const container of pod.spec.containers) {
    container.env = Object.entries(faults).map(([variable, value]) => ({ name: variable, value }));
  }
  await namespace.apply(pod);
}

function secondsBetween(earlier: string | undefined, later: string | undefined): number {
  return (Date.parse(later ?? '') - Date.parse(earlier ?? '')) / 1000;
}

function ready(name: string): Promise<Pod> {
  return eventually(`${name} is Ready`, 60, async () => {
    const pod = await namespace.get<Pod>('pod', name);
    return isReady(pod) && pod;
  });
}

function restarted(name: string): Promise<Pod> {
  return eventually(`${name} restarted`, 120, async () => {
    const pod = await namespace.get<Pod>('pod', name);
    return (pod.status.containerStatuses?.[0]?.restartCount ?? 0) > 0 && pod;
  });
}

test('a container that crashes is restarted, and the pod is Ready again', async () => {
  await applyWith('crashing', { START_DELAY_SECONDS: '2', CRASH_AFTER_SECONDS: '5' });
  const { status } = await restarted('crashing');
  const exitCode = status.containerStatuses?.[0]?.lastState.terminated?.exitCode;
  expect(exitCode).not.toBe(0);
  expect(exitCode).not.toBe(137); // by itself, not by a kill
  await ready('crashing');
});

test('a process that hangs is killed by liveness in the time that its budget says', async () => {
  await applyWith('hanging', { START_DELAY_SECONDS: '2', CRASH_AFTER_SECONDS: '0', HANG_AFTER_SECONDS: '5' });
  const running = await ready('hanging');
  const became = running.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  const { status } = await restarted('hanging');
  const terminated = status.containerStatuses?.[0]?.lastState.terminated;
  expect(terminated?.exitCode).toBe(137); // SIGKILL: a hung process ignores SIGTERM
  // from readiness it serves up to 5 s; timestamps have whole seconds
  expect(secondsBetween(became, terminated?.finishedAt)).toBeLessThanOrEqual(5 + HANG_TO_KILL_SECONDS + 2);
  const events = await namespace.kubectl([
    'get',
    'events',
    '--field-selector',
    'involvedObject.name=hanging',
  ]);
  expect(events).toContain('Liveness probe failed');
});

test('the demo pod is not Ready before its late start, and is Ready after it', async () => {
  const { status } = await ready('late');
  const [container] = status.containerStatuses ?? [];
  expect(container?.restartCount).toBe(0);
  const became = status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  const late = secondsBetween(container?.state.running?.startedAt, became);
  expect(late).toBeGreaterThanOrEqual(20);
  expect(late).toBeLessThanOrEqual(35);
});
