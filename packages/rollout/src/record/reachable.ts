import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below the ephemeral ports of Linux (from 32768), macOS and Windows (from 49152). */
const FIRST_LOCAL_PORT = 20_000;
const LOCAL_PORTS = 10_000;
const TRY_EVERY_MS = 50;

/**
 * Waits until a URL answers with a status below 400, from local ports that nothing else uses. A connection made
 * before kube-proxy knows the NodePort leaves a conntrack entry without translation. The system reuses ephemeral
 * ports soon, and a connection that hits that entry is refused for minutes although all pods are ready.
 *
 * @param withinMs how long to wait at most, in milliseconds
 * @returns whether the URL answered in time
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html (nf_conntrack_tcp_timeout_syn_sent, 120 s)
 */
export async function waitUntilReachable(url: string, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  const first = Math.floor(Math.random() * LOCAL_PORTS);
  for (let tried = 0; Date.now() < end; tried += 1) {
    if (await answers(url, FIRST_LOCAL_PORT + ((first + tried) % LOCAL_PORTS))) return true;
    await sleep(TRY_EVERY_MS);
  }
  return false;
}

function answers(url: string, localPort: number): Promise<boolean> {
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
