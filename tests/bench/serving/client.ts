import http from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answer {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Posts a request on a connection of its own.
 *
 * @throws Error with the answer, unless it is 200; Node's own when there is no connection
 */
export async function post(url: string, { path, headers, body }: Request): Promise<Answer> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, agent: false };
    http.request(`${url}${path}`, options, resolve).on('error', reject).end(body);
  });
  const answer = { headers: response.headers, body: await buffer(response) };
  if (response.statusCode === 200) return answer;
  throw new Error(`POST ${path} was answered ${String(response.statusCode)}: ${answer.body.toString()}`);
}
