import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs kubectl against the cluster that KUBECONFIG names.
 *
 * @throws Error with what kubectl said, when it fails
 */
export function kubectl(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error) {
        reject(new Error(`kubectl ${args.join(' ')}: ${stderr || error.message}`));
      } else {
        resolve(stdout);
      }
    });
    child.stdin?.end(input);
  });
}

/** What kubectl prints with `-o json`. */
export async function kubectlJson<T>(args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl([...args, '-o', 'json'])) as T;
}

/** Asks once a second until the answer is not false; an error counts as no answer yet. */
export async function eventually<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown = false;
  while (Date.now() < deadline) {
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
  }
  throw new Error(`${what}: not within ${seconds} s; last: ${String(last)}`);
}
