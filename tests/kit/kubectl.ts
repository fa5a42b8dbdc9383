import { setTimeout as sleep } from 'node:timers/promises';
import { output } from './process';

/** URL of a Service from this machine: a NodePort, or `http://{clusterIP}/` on a node. */
export const LOAD_URL = process.env['LOAD_URL'] ?? 'http://127.0.0.1:{nodePort}/';

/**
 * Runs kubectl on the cluster that KUBECONFIG names, and returns what it prints.
 *
 * @param input standard input
 * @throws Error with the command and kubectl's message
 */
export function kubectl(args: readonly string[], input = ''): Promise<string> {
  return output('kubectl', args, { input });
}

/** Returns what kubectl prints with `--output json`. */
export async function kubectlJson<T>(args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl([...args, '--output', 'json'])) as T;
}

/**
 * Calls `ask` once a second until its answer is not false. An error counts as false.
 *
 * @param what the state that is waited for, as the error names it
 * @param seconds time limit
 * @throws Error with the last answer or error, after the time limit
 */
export async function eventually<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== false) {
        return answer;
      }
      last = answer;
    } catch (error) {
      last = error;
    }
    await sleep(1000);
  } while (Date.now() < deadline);
  throw new Error(`${what}: not within ${seconds} s; last answer: ${String(last)}`);
}
