import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { run } from '../../src/cli';

export interface Outcome {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

/** One command line, with its exit code and what it printed. */
export async function rollout(args: readonly string[], input = ''): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, { stdin: Readable.from([input]), stdout, stderr, exitCode: 0 });
  stdout.end();
  stderr.end();
  return { code, out: await buffer(stdout), err: await text(stderr) };
}
