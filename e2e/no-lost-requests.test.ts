import { setTimeout as sleep } from 'node:timers/promises';
import { inCluster } from './client';
import { appliedDist } from './namespace';

const namespace = appliedDist();
const INSTANCE = 'online-inference';

interface Load {
  readonly sent: number;
  readonly failures: readonly string[];
}

/** Sends 50 requests a second for 30 s, half of them over connections that are kept alive. */
const LOAD = `
  const http = require('http');
  const agent = new http.Agent({ keepAlive: true });
  const failures = [];
  let sent = 0;
  const send = (i) => new Promise((done) => {
    sent++;
    const request = http.get({ host: '${INSTANCE}', path: '/', agent: i % 2 ? agent : false, timeout: 10000 }, (answer) => {
      if (answer.statusCode !== 200) failures.push('status ' + answer.statusCode);
      answer.resume().on('end', done).on('error', (error) => { failures.push(error.message); done(); });
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error) => { failures.push(error.message); done(); });
  });
  const all = [];
  for (let i = 0; i < 1500; i++) {
    all.push(send(i));
    await new Promise((next) => setTimeout(next, 20));
  }
  await Promise.all(all);
  agent.destroy();
  console.log(JSON.stringify({ sent, failures }));`;

test('a pod that is deleted under load loses no request', async () => {
  const load = inCluster<Load>(namespace, 'load-client', LOAD, 90);
  await sleep(8_000);
  for (const pod of (await namespace.pods(INSTANCE)).slice(0, 2)) {
    await namespace.kubectl(['delete', 'pod', pod.metadata.name, '--wait=false']);
    await sleep(8_000);
  }
  const { sent, failures } = await load;
  console.log(`${sent} requests while two of three pods were deleted: ${failures.length} failed`);
  expect(sent).toBe(1500);
  expect(failures).toEqual([]);
});
