import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Change, Manifest, Timeline } from '@online-inference/rollout';
import { applyChange } from '@online-inference/rollout/record';
import { build } from 'esbuild';
import type { Case } from '../draws';
import type { Ground } from '../grounds';
import { LIMIT_SECONDS } from '../limit';

/** A case as the child process gets it. */
export interface RivalCase {
  readonly before: Manifest;
  /** Every change in order of time, with the manifest after it. */
  readonly changes: readonly { readonly change: Change; readonly manifest: Manifest }[];
  readonly images: readonly string[];
  readonly nodes: number;
  /** When the prediction ends if the workload is not at rest, in seconds. */
  readonly limit: number;
}

/** What the child process answers. */
export interface RivalAnswer {
  readonly timeline: Timeline;
  /** How long the prediction took without the start of the process. */
  readonly seconds: number;
}

/** A prediction of the rival, or why there is none. */
export type RivalPrediction = RivalAnswer | { readonly error: string };

/** The rival's package and its version. */
export const RIVAL_NAME = '@ngrok/webernetes 0.3.5';

/** Longest time of one prediction, in milliseconds of the wall clock. */
const TIME_LIMIT_MS = 120_000;
const NODES = 2;

function createRivalCase({ manifest, requests }: Case, { asRival, images }: Ground): RivalCase {
  let current = manifest;
  const changes = requests.map((request) => {
    const { manifest: next, change } = applyChange(current, request);
    current = next;
    return { change, manifest: asRival(next) };
  });
  return { before: asRival(manifest), changes, images, nodes: NODES, limit: LIMIT_SECONDS };
}

/**
 * `@ngrok/webernetes`, a port of parts of Kubernetes to TypeScript that runs the controllers and kubelets in one
 * process. Each prediction has a process of its own, whose simulated clock runs as fast as it can.
 */
export class Rival {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'rival-'));
  readonly #script = path.join(this.#folder, 'child.mjs');

  /** Bundles the child process: the package's files import each other without extensions. */
  async prepare(): Promise<void> {
    await build({
      entryPoints: [path.join(__dirname, 'child.ts')],
      outfile: this.#script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['source'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
  }

  async predict(each: Case, ground: Ground): Promise<RivalPrediction> {
    try {
      const options = { timeout: TIME_LIMIT_MS, maxBuffer: Infinity };
      const running = promisify(execFile)(process.execPath, [this.#script], options);
      running.child.stdin?.end(JSON.stringify(createRivalCase(each, ground)));
      return JSON.parse((await running).stdout) as RivalAnswer;
    } catch (error) {
      return { error: describe(error) };
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Returns the line of a failed child process that says what went wrong. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('killed' in error && error.killed === true) return `no answer within ${TIME_LIMIT_MS / 1000} s`;
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  return /^\w*Error: .*$/m.exec(stderr)?.[0] ?? error.message.split('\n')[0] ?? '';
}
