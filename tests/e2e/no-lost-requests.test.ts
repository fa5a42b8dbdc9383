import { setTimeout as sleep } from 'node:timers/promises';
import { LoadPod } from '../kit/load/load-pod';
import { appliedDist } from '../kit/namespace';
import { total } from '../soak/claims';
import { blueGreen, rolling } from '../soak/rollouts';

/** The late start of the demo image is kept short, and its crash is left out. */
const ONE_ROLLOUT = {
  ratePerSecond: 100,
  rollouts: 1,
  environment: { START_DELAY_SECONDS: '3', CRASH_AFTER_SECONDS: '0' },
};

test.concurrent.each([
  ['blue-green', blueGreen],
  ['rolling', rolling],
])('a %s rollout under load loses no request, and is what its strategy says', async (_strategy, scenario) => {
  const observed = await scenario.observe(ONE_ROLLOUT);
  console.log(`${total(observed.load, 'sent')} requests through a ${scenario.id} rollout`);
  expect(scenario.claims(observed).filter(({ holds }) => !holds)).toEqual([]);
});

test.concurrent('pods that are deleted under load lose no request', async () => {
  const namespace = appliedDist();
  const service = 'online-inference';
  const load = await LoadPod.start(namespace, { service, ratePerSecond: 50 });
  for (const pod of (await namespace.pods(service)).slice(0, 2)) {
    await namespace.kubectl(['delete', 'pod', pod.metadata.name, '--wait=false']);
    await sleep(10_000);
  }
  const report = await load.end();
  console.log(`${total(report, 'sent')} requests while two of three pods were deleted`);
  expect(report.failures).toEqual([]);
});
