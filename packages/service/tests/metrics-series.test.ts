import { METHODS, request as send } from 'node:http';
import { once } from 'node:events';
import { madeUp, type MadeUp } from './made-up';

let app: MadeUp;
beforeEach(async () => {
  app = await madeUp();
});
afterEach(() => app.close());

async function scraped(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
}

/** Every series of requests and of the model, without its value. */
async function series(): Promise<string[]> {
  const lines = (await scraped()).split('\n').filter((line) => /^(rest_server|model)_/.test(line));
  return lines.map((line) => line.slice(0, line.lastIndexOf(' '))).sort();
}

/** As it is: `fetch` refuses some methods. */
async function answered(method: string, path: string, headers = {}): Promise<void> {
  const request = send({ host: '127.0.0.1', port: app.port, method, path, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}

/** One request of each kind that a client may send in great variety. */
async function kinds(variant: string): Promise<void> {
  const headers = { 'x-request-id': variant, traceparent: variant, 'user-agent': variant, host: variant };
  await Promise.all([
    answered('GET', `/${variant}`, headers),
    answered('GET', `/predict?${variant}=1`, headers),
    answered('POST', `/v2/models/${variant}/infer`, headers),
    answered('GET', `/v2/models/${variant}/versions/${variant}`, headers),
    answered('GET', `/v2/models/heart-disease/versions/${variant}/ready`, headers),
    answered('POST', `/v2/models/heart-disease/versions/${variant}/infer`, headers),
  ]);
}

test('two thousand requests add no series: whatever their ids, paths, queries, models and versions', async () => {
  await kinds('x');
  await scraped();
  const before = await series();
  for (let count = 0; count < 350; count++) {
    await kinds(`x${count}`);
  }
  expect(await series()).toEqual(before);
});

test('the methods that nobody uses are one', async () => {
  const rare = METHODS.filter((method) => !['CONNECT', 'GET', 'POST', 'HEAD', 'OPTIONS'].includes(method));
  for (const method of rare) {
    await answered(method, '/');
  }
  const told = (await series())
    .filter((one) => one.startsWith('rest_server_requests_total'))
    .map((one) => /method="(\w+)"/.exec(one)?.[1]);
  expect(rare.length).toBeGreaterThan(25);
  expect([...new Set(told)].sort()).toEqual(['DELETE', 'PATCH', 'PUT', 'QUERY', 'TRACE', 'other']);
});

test('a request for another model is no failure of this one, and gives its name to no label', async () => {
  await answered('POST', '/v2/models/evil/infer');
  await answered('POST', '/v2/models/heart-disease/versions/evil/infer');
  const text = await scraped();
  expect(text).toMatch(/^model_infer_request_failure_total\{model="heart-disease",version="1"\} 0$/m);
  expect(text).not.toContain('evil');
});
