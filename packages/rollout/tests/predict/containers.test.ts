import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { endStates, leftOut, predictInput } from '../inputs.ts';
import { controller, pod, readinessProbe } from '../manifests.ts';

const image = 'web:v2';
const steady = { jitter: 0, timings: { relist: 0 } };

const firstReady = ({ pods }: Timeline): number =>
  pods
    .filter(({ version }) => version === 'new')
    .flatMap((lane) => lane.states.find(({ state }) => state === 'ready')?.at ?? [])[0] ?? NaN;

describe('a container that crashes before it is ready', () => {
  const timeline = predictInput('crash-before-ready', { behaviour: { crashAfter: { new: 3 } } });

  test('is never ready and waits in CrashLoopBackOff, and all old pods stay', () => {
    expect(timeline.samples.every(({ new: now }) => now.ready === 0)).toBe(true);
    expect(timeline.samples.every(({ old }) => old.ready === 3)).toBe(true);
    expect(endStates(timeline, 'new')).toEqual(['crashed CrashLoopBackOff']);
  });

  test('exceeds the progress deadline, with the time as an event', () => {
    const event = timeline.events?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    expect(event?.at).toBeGreaterThan(600);
    expect(event?.at).toBeLessThan(605);
    expect(timeline.end).toMatchObject({ reason: 'stalled', at: 1200 });
  });
});

describe('init containers', () => {
  const grown = (initContainers: object[], options: PredictOptions = {}): Timeline =>
    predictOnce(controller({ replicas: 1, container: { readinessProbe }, pod: { initContainers } }), {
      image,
      ...steady,
      ...options,
    });
  const migrate = { name: 'migrate', image: 'migrate:v1' };
  const proxy = { name: 'proxy', image: 'proxy:v1', restartPolicy: 'Always' };
  const slow = { ...readinessProbe, initialDelaySeconds: 30 };

  test('delay the containers by the time that --init gives, each of them', () => {
    const [one, two] = [[migrate], [migrate, { ...migrate, name: 'seed' }]].map((list) =>
      firstReady(grown(list, { behaviour: { init: { new: 60 } } })),
    );
    expect(one).toBeGreaterThan(60);
    expect(one).toBeLessThan(65);
    expect(two).toBeGreaterThan(120);
    expect(two).toBeLessThan(125);
  });

  test('whose time is not given are named as not modelled', () => {
    expect(leftOut(grown([migrate]))).toContain('migrate');
    expect(leftOut(grown([migrate], { behaviour: { init: 5 } }))).not.toContain('migrate');
    expect(leftOut(grown([proxy]))).not.toContain('proxy runs');
  });

  test('without any refuse --init by name', () => {
    expect(() => grown([proxy], { behaviour: { init: 5 } })).toThrow(/^--init: no pod template/);
  });

  test('that are sidecars delay the readiness of the pod by their readiness probe', () => {
    expect(firstReady(grown([{ ...proxy, readinessProbe: slow }]))).toBeGreaterThan(30);
    const timeline = predictInput('sidecar-readiness');
    expect(firstReady(timeline)).toBeGreaterThan(30);
    expect(timeline.end.reason).toBe('settled');
  });

  test('that are sidecars delay the start of the next container by their startup probe', () => {
    const startedAt = (initContainers: object[]): number =>
      grown(initContainers)
        .pods.find(({ version }) => version === 'new')
        ?.states.find(({ state }) => state === 'starting')?.at ?? NaN;
    expect(startedAt([{ ...proxy, startupProbe: slow }])).toBeGreaterThan(30);
    expect(startedAt([{ ...proxy, readinessProbe: slow }])).toBeLessThan(5);
  });

  test('that are sidecars behave as their environment says, not as the options', () => {
    const env = [{ name: 'START_DELAY_SECONDS', value: '20' }];
    const behaviour = { startDelay: { new: 50 } };
    const probed = { ...proxy, readinessProbe };
    expect(firstReady(grown([{ ...probed, env }]))).toBeGreaterThan(20);
    expect(firstReady(grown([probed], { behaviour }))).toBeLessThan(55);
  });
});

describe('a pod that is deleted', () => {
  const deleted = (container: object, grace: number, options: PredictOptions = {}, more = {}): number => {
    const manifest = controller({
      kind: 'ReplicaSet',
      replicas: 1,
      container,
      pod: { terminationGracePeriodSeconds: grace, ...more },
    });
    return predictOnce(manifest, { replicas: 0, ...steady, ...options }).end.at;
  };
  const preStop = (...command: string[]): object => ({ lifecycle: { preStop: { exec: { command } } } });

  test.each<[string, object, number, PredictOptions, number]>([
    ['after its hook', preStop('sh', '-c', 'sleep 5; sleep 2'), 30, {}, 7],
    ['after its hook and its drain', preStop('sleep', '5'), 30, { behaviour: { drain: 4 } }, 9],
    ['with the grace period, before a hook of 5 minutes ends', preStop('sleep', '5m'), 30, {}, 30],
    ['with the grace period, when its hook never ends', preStop('sleep', 'infinity'), 20, {}, 20],
    ['with the grace period, before it has drained', {}, 10, { behaviour: { drain: 60 } }, 10],
    [
      '2 s after the grace period if the hook used it up',
      preStop('sleep', '60'),
      10,
      { behaviour: { drain: 60 } },
      12,
    ],
    ['at once without a grace period', preStop('sleep', '60'), 0, { behaviour: { drain: 60 } }, -1],
    ['when it exits by itself', {}, 30, { behaviour: { drain: 20, crashAfter: 8 } }, 8],
  ])('is gone %s', (_title, container, grace, options, expected) => {
    const cleanup = 0.9;
    const at = deleted(container, grace, options);
    expect(at).toBeGreaterThan(expected + cleanup - 0.1);
    expect(at).toBeLessThan(expected + cleanup + 0.3);
  });

  test('names the hooks whose time is not known', () => {
    const lifecycle = { preStop: { httpGet: { path: '/quit', port: 80 } } };
    const command = ['sh', '-c', 'sleep 5; nginx -s quit'];
    const named = (given: object): string =>
      leftOut(predictOnce(controller({ container: given }), { image }));
    expect(named({ lifecycle })).toContain('spec.template.spec.containers[name=web].lifecycle.preStop: ');
    expect(named(preStop(...command))).toContain('how long nginx -s quit takes is not known');
    expect(named(preStop('sleep', '5'))).not.toContain('lifecycle');
  });

  test('stops its sidecars after its containers, within the grace period', () => {
    const env = [{ name: 'DRAIN_DELAY_SECONDS', value: '4' }];
    const initContainers = [{ name: 'proxy', image: 'proxy:v1', restartPolicy: 'Always', env }];
    const behaviour = { drain: 5 };
    expect(deleted({}, 30, { behaviour }, { initContainers })).toBeCloseTo(9.9, 0);
    expect(deleted({}, 6, { behaviour }, { initContainers })).toBeCloseTo(7.9, 0);
  });
});

test('a postStart hook delays the readiness of its container', () => {
  const lifecycle = { postStart: { exec: { command: ['sleep', '15'] } } };
  expect(
    firstReady(predictOnce(controller({ container: { lifecycle } }), { image, ...steady })),
  ).toBeGreaterThan(15);
});

test.each([
  ['Never', 0],
  ['OnFailure', 1],
  ['Always', 1],
])(
  'a container that crashes in a Pod with restartPolicy %s is restarted at least %i times',
  (restartPolicy, least) => {
    const options = { image, behaviour: { crashAfter: { new: 5 } }, goOnFor: 60 };
    const { pods } = predictOnce(pod({}, { restartPolicy }), options);
    const restarts = pods.find(({ version }) => version === 'new')?.restarts ?? NaN;
    if (least === 0) expect(restarts).toBe(0);
    else expect(restarts).toBeGreaterThanOrEqual(least);
  },
);
