import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load';
import { appliedDist } from './namespace';

const namespace = appliedDist();
const INSTANCE = 'online-inference';

test('a pod that is deleted under load loses no request', async () => {
  const requests = load(namespace, 'load-client', INSTANCE, 30);
  await sleep(8_000);
  for (const pod of (await namespace.pods(INSTANCE)).slice(0, 2)) {
    await namespace.kubectl(['delete', 'pod', pod.metadata.name, '--wait=false']);
    await sleep(8_000);
  }
  const { sent, failures } = await requests;
  console.log(`${sent} requests while two of three pods were deleted: ${failures.length} failed`);
  expect(sent).toBe(1500);
  expect(failures).toEqual([]);
});
