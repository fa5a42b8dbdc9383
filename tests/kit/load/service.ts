import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import examples from '../../../packages/service/model/examples.json';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>;

/** Answers as the service does. */
export const right: Answer = async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  const body = await text(request);
  const found = (patient: object) =>
    examples.find((one) => Object.values(one.patient).join() === Object.values(patient).join());
  if (pathname === '/') {
    response.end(JSON.stringify({ name: 'online-inference', build: 'abc' }));
  } else if (pathname === '/predict') {
    const { probability, label } = found(Object.fromEntries(searchParams)) ?? {};
    response.end(JSON.stringify({ probability, label }));
  } else {
    const { id, inputs } = JSON.parse(body) as { id: string; inputs: [{ data: number[] }] };
    const { probability, label } = found(inputs[0].data) ?? {};
    const outputs = [
      { name: 'probability', data: [probability] },
      { name: 'label', data: [label] },
    ];
    response.end(JSON.stringify({ id, outputs }));
  }
};

/**
 * A server on a port of this machine, for as long as it is used.
 *
 * @param wanted 0 for a free one
 */
export async function withServer<T>(
  answer: Answer,
  use: (port: number, server: http.Server) => Promise<T>,
  wanted = 0,
): Promise<T> {
  const server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(wanted, '127.0.0.1', listening));
  try {
    return await use((server.address() as AddressInfo).port, server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
