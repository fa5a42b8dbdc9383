import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startService } from './process';

async function failure(environment: Record<string, string>): Promise<string> {
  const { ended, lines } = startService(environment);
  expect(await ended).toEqual({ code: 1, signal: null });
  expect(lines).toEqual([expect.objectContaining({ level: 'fatal' })]);
  return lines[0]?.msg ?? '';
}

test('a wrong setting ends it with one line that names the variable, its value and what is allowed', async () => {
  expect(await failure({ PORT: '0x3' })).toBe('PORT is "0x3", but must be a whole number from 0 to 65535');
});

test('a wrong log level is logged all the same', async () => {
  expect(await failure({ LOG_LEVEL: 'loud' })).toMatch(
    /^LOG_LEVEL is "loud", but must be one of fatal, error/,
  );
});

test('a model that is not there ends it with one line that names the file', async () => {
  expect(await failure({ MODEL_PATH: '/nowhere/model.onnx' })).toMatch(
    /^model \/nowhere\/model.onnx cannot be served: .*no such file/,
  );
});

test('a port in use ends it with one line that names the port', async () => {
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
