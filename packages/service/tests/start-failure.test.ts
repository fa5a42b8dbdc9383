import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PACKAGED_MODEL } from '../src/start';
import { startService } from './process';

async function failure(environment: Record<string, string>): Promise<string> {
  const { ended, lines } = startService(environment);
  expect(await ended).toEqual({ code: 1, signal: null });
  expect(lines).toEqual([expect.objectContaining({ level: 'fatal' })]);
  return lines[0]?.msg ?? '';
}

test.concurrent(
  'a wrong setting ends it with one line that names the variable, its value and what is allowed',
  async () => {
    expect(await failure({ PORT: '0x3' })).toBe('PORT is "0x3", but must be a whole number from 0 to 65535');
  },
);

test.concurrent('a wrong log level is logged all the same', async () => {
  expect(await failure({ LOG_LEVEL: 'loud' })).toMatch(
    /^LOG_LEVEL is "loud", but must be one of fatal, error/,
  );
});

describe.each(['auto', 'always'])('with INFERENCE_THREAD %s', (thread) => {
  const model = (path: string) => failure({ MODEL_PATH: path, INFERENCE_THREAD: thread });
  const root = mkdtempSync(join(tmpdir(), 'unfit-'));
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  /** Writes a model to a folder of its own, with the packaged one's facts beside it but for the given ones. */
  function written(onnx: Buffer, facts: object): string {
    const folder = mkdtempSync(join(root, 'model-'));
    const path = join(folder, 'model.onnx');
    const packaged = JSON.parse(readFileSync(PACKAGED_MODEL.replace(/onnx$/, 'json'), 'utf8')) as object;
    writeFileSync(path, onnx);
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...packaged, ...facts }));
    return path;
  }

  test.concurrent('a model that is not there ends it with one line that names the file', async () => {
    expect(await model('/nowhere/model.onnx')).toMatch(
      /^model \/nowhere\/model.onnx cannot be served: .*no such file/,
    );
  });

  test.concurrent('a damaged model ends it with one line that says so', async () => {
    const path = written(readFileSync(PACKAGED_MODEL).subarray(0, 1000), {});
    expect(await model(path)).toMatch(/model.onnx cannot be served: its SHA-256 is .* written for/);
  });

  test.concurrent('a model whose inputs do not fit ends it with one line that tells both', async () => {
    const features = [{ kind: 'number', name: 'age', description: '', minimum: 0, maximum: 1 }];
    expect(await model(written(readFileSync(PACKAGED_MODEL), { features }))).toMatch(
      /cannot be served: it needs one float32 input \[N, 1\] .* not inputs float32 \[, 10\]/,
    );
  });
});

test.concurrent('a port in use ends it with one line that names the port', async () => {
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
