import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below what Linux (32768), macOS and Windows (49152) give to connections that do not name a local port. */
const FIRST_LOCAL_PORT = 20_000;
const LOCAL_PORTS = 10_000;
const TRY_EVERY_MS = 50;

/**
 * Waits until a URL answers without an error, from local ports of its own. A connection that comes before kube-proxy knows a
 * NodePort is refused, and the kernel remembers it as one that is not to be translated: a later connection from the
 * same port is refused on its account for minutes, though every pod is ready. The system takes ports anew that soon.
 *
 * @param withinMs for how long it asks at most
 * @returns whether it answered
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html (nf_conntrack_tcp_timeout_syn_sent, 120 s)
 */
export async function reachable(url: string, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  const first = Math.floor(Math.random() * LOCAL_PORTS);
  for (let tried = 0; Date.now() < end; tried += 1) {
    if (await answersWell(url, FIRST_LOCAL_PORT + ((first + tried) % LOCAL_PORTS))) return true;
    await sleep(TRY_EVERY_MS);
  }
  return false;
}

function answersWell(url: string, localPort: number): Promise<boolean> {
  const { get } = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    get(url, { agent: false, localPort, signal: AbortSignal.timeout(1000) }, (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 400);
    }).on('error', () => {
      resolve(false);
    });
  });
}
