import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startService } from './support/process';
import { PACKAGED_MODEL } from '../src/packaged';

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

test.concurrent(
  'accepts 1,000 clients that connect while it is busy; one that sends nothing does not delay the exit',
  async () => {
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

    const silent = connect(Number(port), '127.0.0.1');
    const closed = new Promise((resolve) => silent.on('error', resolve).on('close', resolve));
    await new Promise((resolve) => silent.on('connect', resolve));
    service.kill('SIGTERM');
    expect(await service.ended).toEqual({ code: 0, signal: null });
    await closed;
  },
);

test.concurrent(
  'Ctrl-C ends the process without the drain delay, and ONNX Runtime leaves no telemetry files',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const service = startService({ DRAIN_DELAY_SECONDS: '3600', HOME: home, TMPDIR: home });
    await service.url();
    service.kill('SIGINT');
    expect(await service.ended).toEqual({ code: 0, signal: null });
    const left = readdirSync(home, { recursive: true });
    rmSync(home, { recursive: true });
    expect(left).toEqual([]);
  },
);

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

test.concurrent(
  'an invalid setting, even the log level, ends the start with its variable, value and limits',
  async () => {
    expect(await failure({ LOG_LEVEL: 'loud' })).toMatch(
      /^LOG_LEVEL is "loud", but must be one of fatal, error/,
    );
  },
);

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
