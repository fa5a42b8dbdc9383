import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { run } from '../src/cli.ts';

/** The outcome of one command line. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  /** Standard output as bytes, for pictures. */
  readonly bytes: Buffer;
  readonly err: string;
}

/** Runs one command line in this process. */
export async function rollout(args: readonly string[], input = ''): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, { stdin: Readable.from([input]), stdout, stderr, exitCode: 0 });
  stdout.end();
  stderr.end();
  const bytes = await buffer(stdout);
  return { code, out: bytes.toString(), bytes, err: await text(stderr) };
}
