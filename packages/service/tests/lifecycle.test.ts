import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startService } from './support/process';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

test.concurrent('opens the port only after the start delay', async () => {
  const port = String(await freePort());
  const service = startService({ START_DELAY_SECONDS: '0.5', PORT: port });
  await service.logged(/opening the port in 0.5 s/);
  await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
  const response = await fetch(`${await service.url()}/readyz`);
  expect(response.status).toBe(200);
});

test.concurrent('SIGTERM during the start delay ends the process at once', async () => {
  const service = startService({ START_DELAY_SECONDS: '3600', DRAIN_DELAY_SECONDS: '3600' });
  await service.logged(/opening the port/);
  service.kill('SIGTERM');
  expect(await service.ended).toEqual({ code: 0, signal: null });
});

test.concurrent('crashes with exit code 1 the given time after the port opened', async () => {
  const service = startService({ CRASH_AFTER_SECONDS: '0.1' });
  await service.logged(/listening/);
  expect(await service.ended).toEqual({ code: 1, signal: null });
  expect(service.lines.at(-1)).toMatchObject({
    level: 'fatal',
    msg: expect.stringMatching(/^crashing/) as string,
  });
});

test.concurrent('a hung process answers nothing and ignores SIGTERM, but lives', async () => {
  const service = startService({ HANG_AFTER_SECONDS: '0.1', DRAIN_DELAY_SECONDS: '0' });
  const url = await service.url();
  await service.logged(/^hanging/);
  await expect(fetch(`${url}/livez`, { signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout');
  service.kill('SIGTERM');
  const still = new Promise((resolve) => setTimeout(resolve, 200, 'alive'));
  expect(await Promise.race([service.ended, still])).toBe('alive');
  service.kill('SIGKILL');
  expect(await service.ended).toEqual({ code: null, signal: 'SIGKILL' });
});

test.concurrent('a connection that never sends a byte does not delay the exit', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '0' });
  const { port } = new URL(await service.url());
  const silent = connect(Number(port), '127.0.0.1');
  const closed = new Promise((resolve) => silent.on('error', resolve).on('close', resolve));
  await new Promise((resolve) => silent.on('connect', resolve));
  service.kill('SIGTERM');
  expect(await service.ended).toEqual({ code: 0, signal: null });
  await closed;
});

test.concurrent('accepts and answers 1,000 clients that connect while it is busy', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '0' });
  const { port } = new URL(await service.url());
  service.kill('SIGSTOP');
  const clients = Array.from({ length: 1000 }, () => connect(Number(port), '127.0.0.1'));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  service.kill('SIGCONT');
  const answers = clients.map((client) => {
    client.write('GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    return text(client);
  });
  expect(new Set((await Promise.all(answers)).map((answer) => answer.slice(0, 15)))).toEqual(
    new Set(['HTTP/1.1 200 OK']),
  );
});

test.concurrent('Ctrl-C ends the process without the drain delay', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '3600' });
  await service.url();
  service.kill('SIGINT');
  expect(await service.ended).toEqual({ code: 0, signal: null });
});

test.concurrent('ONNX Runtime writes no telemetry files', async () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const service = startService({ HOME: home, TMPDIR: home });
  await service.url();
  service.kill('SIGINT');
  await service.ended;
  const left = readdirSync(home, { recursive: true });
  rmSync(home, { recursive: true });
  expect(left).toEqual([]);
});
