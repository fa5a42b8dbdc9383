import { inCluster } from './client';
import type { Namespace } from './namespace';

/** What became of the requests. */
export interface Load {
  readonly sent: number;
  readonly failures: readonly string[];
}

const PER_SECOND = 50;

/** Sends 50 requests a second to a Service from inside the cluster, half of them over connections that are kept alive. */
export function load(namespace: Namespace, pod: string, service: string, seconds: number): Promise<Load> {
  const script = `
  const http = require('http');
  const agent = new http.Agent({ keepAlive: true });
  const failures = [];
  let sent = 0;
  const send = (i) => new Promise((done) => {
    sent++;
    const request = http.get({ host: '${service}', path: '/', agent: i % 2 ? agent : false, timeout: 10000 }, (answer) => {
      if (answer.statusCode !== 200) failures.push('status ' + answer.statusCode);
      answer.resume().on('end', done).on('error', (error) => { failures.push(error.message); done(); });
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error) => { failures.push(error.message); done(); });
  });
  const all = [];
  for (let i = 0; i < ${PER_SECOND * seconds}; i++) {
    all.push(send(i));
    await new Promise((next) => setTimeout(next, ${1000 / PER_SECOND}));
  }
  await Promise.all(all);
  agent.destroy();
  console.log(JSON.stringify({ sent, failures }));`;
  return inCluster<Load>(namespace, pod, script, seconds + 60);
}
