/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listening, packagedApp, type Service } from './support/service';

const page = mkdtempSync(join(tmpdir(), 'online-inference-page-'));
let app: Service;
beforeAll(async () => {
  execFileSync(process.execPath, [join(__dirname, '..', 'page.cjs'), page]);
  app = await listening(await packagedApp({}, page));
});
afterAll(async () => {
  await app.close();
  rmSync(page, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, { headers });

test.each([
  ['/docs', 'text/html; charset=utf-8'],
  ['/docs/main.js', 'text/javascript; charset=utf-8'],
  ['/docs/style.css', 'text/css; charset=utf-8'],
])('GET %s returns a file of the page, and 304 if the client has it', async (path, type) => {
  const first = await get(path);
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe(type);
  expect(first.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await first.text()).length).toBeGreaterThan(1000);
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect((await get(path, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
});

test('the Content-Security-Policy allows only the page’s own script and service', async () => {
  const policy = (await get('/docs')).headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the page links to no other host, and every linked file is served', async () => {
  const html = await (await get('/docs')).text();
  const links = [...html.matchAll(/(?:href|src)="(?!data:|#)([^"]+)"/g)].map(([, url = '']) => url);
  expect(links).toEqual(expect.arrayContaining(['docs/style.css', 'docs/main.js', 'openapi.json']));
  const statuses = await Promise.all(links.map(async (url) => (await get(`/${url}`)).status));
  expect(statuses).toEqual(links.map(() => 200));
});
