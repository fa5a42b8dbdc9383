import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { run } from '../src/cli';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  /** The same as it came: a picture is no text. */
  readonly bytes: Buffer;
  readonly err: string;
}

/** One command line, with its exit code and what it printed. */
export async function rollout(args: readonly string[], input = ''): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run(args, { stdin: Readable.from([input]), stdout, stderr, exitCode: 0 });
  stdout.end();
  stderr.end();
  const bytes = await buffer(stdout);
  return { code, out: bytes.toString(), bytes, err: await text(stderr) };
}
