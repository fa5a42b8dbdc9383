import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGED_MODEL } from '../src/packaged';
import { startService } from './support/process';

// classifier.test.ts has the other reasons to reject a model.

const folder = mkdtempSync(join(tmpdir(), 'unfit-model-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts the service, expects exit code 1 after one line, and returns the message. */
async function failure(environment: Record<string, string>): Promise<string> {
  const { ended, lines } = startService(environment);
  expect(await ended).toEqual({ code: 1, signal: null });
  expect(lines).toEqual([expect.objectContaining({ level: 'fatal' })]);
  return lines[0]?.msg ?? '';
}

test.concurrent('an invalid setting ends the start with its variable, value and limits', async () => {
  expect(await failure({ PORT: '0x3' })).toBe('PORT is "0x3", but must be an integer from 0 to 65535');
});

test.concurrent('an invalid log level is still logged', async () => {
  expect(await failure({ LOG_LEVEL: 'loud' })).toMatch(
    /^LOG_LEVEL is "loud", but must be one of fatal, error/,
  );
});

test.concurrent('a missing model ends the start with its path', async () => {
  expect(await failure({ MODEL_PATH: '/nowhere/model.onnx' })).toMatch(
    /^cannot use model \/nowhere\/model.onnx: .*no such file/,
  );
});

test.concurrent(
  'a model that does not match its card ends the start, also from the inference thread',
  async () => {
    const path = join(folder, 'model.onnx');
    const card = JSON.parse(readFileSync(PACKAGED_MODEL.replace(/onnx$/, 'json'), 'utf8')) as object;
    const features = [{ kind: 'number', name: 'age', description: '', minimum: 0, maximum: 1 }];
    writeFileSync(path, readFileSync(PACKAGED_MODEL));
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...card, features }));
    expect(await failure({ MODEL_PATH: path, INFERENCE_THREAD: 'always' })).toMatch(
      /^cannot use model .*: it must have one float32 input \[N, 1\] .* not inputs float32 \[, 10\]/,
    );
  },
);

test.concurrent('a port in use ends the start with the port', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const service = startService({ PORT: String(port) });
  expect(await service.ended).toEqual({ code: 1, signal: null });
  other.close();
  const [last] = service.lines.slice(-1);
  expect(last).toMatchObject({ level: 'fatal', msg: expect.stringContaining(`PORT ${port}`) as string });
  expect(last?.msg).toContain('address already in use');
});
