import { reachable } from '../../src/record/reachable';
import { served } from './server';

test('a URL is asked until it answers well, never from a port that the system might give to another', async () => {
  const ports: number[] = [];
  const { port, close } = await served((request, response) => {
    ports.push(request.socket.remotePort ?? 0);
    response.writeHead(ports.length < 3 ? 503 : 200).end();
  });
  expect(await reachable(`http://127.0.0.1:${port}/`, 5000)).toBe(true);
  close();
  expect(ports).toHaveLength(3);
  expect(new Set(ports).size).toBe(3);
  expect(ports.every((from) => from >= 20_000 && from < 30_000)).toBe(true);
});

test('a URL at which nobody answers is given up when its time is over', async () => {
  expect(await reachable('http://127.0.0.1:1/', 120)).toBe(false);
});
