/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@online-inference/settings';
import { listening, packagedApp, type Service, PATIENT } from './support/service';
import committed from '../openapi.json';
import { fieldsOf, meaningOfProbability } from '../page/fields';
import type { OpenApi } from '../page/openapi';
import { requestsFor, type Patient } from '../page/requests';
import { buildApp } from '../src/app';
import { createLogger } from '../src/logger';
import type { ModelCard } from '../src/model/card';
import { declarations } from '../src/settings';

describe('at /docs', () => {
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
});

describe('the form and its requests', () => {
  const document = JSON.parse(JSON.stringify(committed)) as OpenApi;
  const BASE = 'http://service.test/';

  test('the form has a field for each feature: label, range or codes, example', () => {
    const fields = fieldsOf(document);
    expect(Object.fromEntries(fields.map(({ name, example }) => [name, example]))).toEqual(PATIENT);
    expect(fields[0]).toMatchObject({ label: 'Age in years', hint: '29 to 77', choices: [] });
    expect(fields.find(({ name }) => name === 'ca')).toMatchObject({
      hint: 'integer, 0 to 3',
      integer: true,
    });
    expect(fields.find(({ name }) => name === 'sex')).toMatchObject({
      hint: '',
      choices: [
        { code: 0, title: 'female' },
        { code: 1, title: 'male' },
      ],
    });
    expect(meaningOfProbability(document)).toBe('of heart disease');
  });

  const card: ModelCard = {
    name: 'wine',
    description: 'Whether a wine is good',
    version: '7',
    sha256: '',
    auc: 0.5,
    aucStandardDeviation: 0,
    aucMethod: '',
    labels: { 0: 'bad', 1: 'good' },
    features: [
      { name: "maker's age", kind: 'number', description: 'age in °', minimum: 0, maximum: 1.5 },
      {
        name: 'allowed',
        kind: 'category',
        description: 'colour',
        codes: { 0: 'red', 1: 'white', 2: 'rosé' },
      },
    ],
  };

  test('the form adapts to a model without example and intended use', async () => {
    const queue = { infer: () => Promise.resolve([]), length: 0, full: false };
    const classifier = { card, input: 'grapes', threaded: false, queue };
    const settings = readSettings(declarations, {});
    const app = await listening(buildApp({ settings, classifier, logger: createLogger('silent') }));
    const other = (await app.request('/openapi.json')).body as OpenApi;
    await app.close();
    expect(other.info.summary).toBe('Whether a wine is good.');
    expect(fieldsOf(other).map(({ name, label, hint, example }) => [name, label, hint, example])).toEqual([
      ["maker's age", 'Age in °', '0 to 1.5', undefined],
      ['allowed', 'Colour', '', undefined],
    ]);
    expect(fieldsOf(other)[1]?.choices.map(({ title }) => title)).toEqual(['red', 'white', 'rosé']);
    expect(meaningOfProbability(other)).toBe('of good');
    const patient = { "maker's age": 1.5, allowed: 2 };
    expect(curls(other, patient)).toEqual([
      [`${BASE}predict`, '--json', JSON.stringify(patient)],
      [`${BASE}predict?maker%27s+age=1.5&allowed=2`],
      [
        `${BASE}v2/models/wine/infer`,
        '--json',
        JSON.stringify({ inputs: [{ name: 'grapes', shape: [1, 2], datatype: 'FP32', data: [1.5, 2] }] }),
      ],
    ]);
  });

  test('an empty field is absent from /predict, and null in the tensor', () => {
    const [post = [], get = [], infer = []] = curls(document, { ...PATIENT, age: undefined });
    const rest = Object.fromEntries(Object.entries(PATIENT).slice(1));
    expect(JSON.parse(post[2] ?? '')).toEqual(rest);
    expect(get[0]).not.toContain('age=');
    expect(JSON.parse(infer[2] ?? '')).toMatchObject({
      inputs: [{ shape: [1, 10], data: [null, ...Object.values(rest)] }],
    });
  });

  /** Returns the arguments that a shell passes to curl, for each command of the page. */
  function curls(openapi: OpenApi, patient: Patient): string[][] {
    return requestsFor(BASE, openapi, patient).map(({ curl }) => {
      const shell = `curl() { printf '%s\\0' "$@"; }; ${curl}`;
      return execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0').slice(0, -1);
    });
  }
});
