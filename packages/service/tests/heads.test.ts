import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT } from './service';

let app: MadeUp;
beforeAll(async () => {
  app = await madeUp();
});
afterAll(() => app.close());

const body = JSON.stringify(PATIENT);

async function answerTo(...headers: string[]): Promise<string> {
  const socket = connect(app.port, '127.0.0.1');
  const lines = ['POST /predict HTTP/1.1', 'content-type: application/json', ...headers, 'connection: close'];
  socket.write(`${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  return text(socket);
}

test.each([
  [400, 'two Hosts', ['host: x', 'host: y']],
  [400, 'the same Host twice', ['host: x', 'host: x']],
  [417, 'an expectation that nobody knows', ['host: x', 'expect: the-unexpected']],
])('%i with the service’s own error and a request id for %s', async (status, _what, headers) => {
  const answer = await answerTo(...headers);
  expect(answer).toMatch(
    new RegExp(`^HTTP/1.1 ${status} [^]*\r\nx-request-id: [^]*\r\n\r\n{"error":"[^"]+"}$`),
  );
  expect(answer).toContain('content-type: application/json\r\n');
  const metrics = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
  expect(metrics).toContain(
    `rest_server_requests_total{method="POST",path="/predict",status_code="${status}"}`,
  );
});

test('100-continue is answered with it, and then with the prediction', async () => {
  const answer = await answerTo('host: x', 'expect: 100-continue');
  expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
});

test('one Host with a port is taken', async () => {
  expect(await answerTo('host: [::1]:8000')).toMatch(/^HTTP\/1.1 200 /);
});
