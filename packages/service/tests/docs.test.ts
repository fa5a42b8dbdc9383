/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { appWithPage } from './page';
import { listening, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await listening(await appWithPage());
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, { headers });

test.each([
  ['/docs', 'text/html; charset=utf-8'],
  ['/docs/main.js', 'text/javascript; charset=utf-8'],
  ['/docs/style.css', 'text/css; charset=utf-8'],
])('GET %s gives the page’s file, which is asked for anew only if it changed', async (path, type) => {
  const first = await get(path);
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe(type);
  expect(first.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await first.text()).length).toBeGreaterThan(1000);
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect((await get(path, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
});

test('the page may run its own script and ask its own service, and nothing else', async () => {
  const policy = (await get('/docs')).headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the page names no other host, and every file that it names is served', async () => {
  const html = await (await get('/docs')).text();
  const named = [...html.matchAll(/(?:href|src)="(?!data:|#)([^"]+)"/g)].map(([, url = '']) => url);
  expect(named).toEqual(expect.arrayContaining(['docs/style.css', 'docs/main.js', 'openapi.json']));
  const statuses = await Promise.all(named.map(async (url) => (await get(`/${url}`)).status));
  expect(statuses).toEqual(named.map(() => 200));
});
