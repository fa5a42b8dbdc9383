import { waitUntilReachable } from '../../src/record/reachable';
import { served } from './server';

test('sends requests until one succeeds, each from another port below the ephemeral ports', async () => {
  const ports: number[] = [];
  const { port, close } = await served((request, response) => {
    ports.push(request.socket.remotePort ?? 0);
    response.writeHead(ports.length < 3 ? 503 : 200).end();
  });
  expect(await waitUntilReachable(`http://127.0.0.1:${port}/`, 5000)).toBe(true);
  close();
  expect(ports).toHaveLength(3);
  expect(new Set(ports).size).toBe(3);
  expect(ports.every((from) => from >= 20_000 && from < 30_000)).toBe(true);
});

test('gives up when the time is over', async () => {
  expect(await waitUntilReachable('http://127.0.0.1:1/', 120)).toBe(false);
});
