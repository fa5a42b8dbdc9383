import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { watch, type Outcome } from './watch';

let folder: string;
let end: AbortController;
let printed: string[];
let watching: Promise<void>;
let synthesize: jest.Mock<Promise<Outcome>, []>;
let wake: () => void = () => undefined;

const source = (): string => path.join(folder, 'charts/chart.ts');

/** Until something is printed that has the text in it. */
async function said(text: string): Promise<string> {
  for (;;) {
    const found = printed.find((line) => line.includes(text));
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
  mkdirSync(path.join(folder, 'charts'));
  mkdirSync(path.join(folder, 'dist'));
  writeFileSync(source(), 'replicas: 3\n');
  end = new AbortController();
  printed = [];
  synthesize = jest.fn(() => {
    const text = readFileSync(source(), 'utf8');
    writeFileSync(path.join(folder, 'dist/chart.yaml'), text);
    return Promise.resolve(
      text.startsWith('replicas') ? { texts: { 'dist/chart.yaml': text } } : { failure: `no ${text}` },
    );
  });
  const print = (text: string): void => {
    printed.push(text);
    wake();
  };
  watching = watch({ folder, synthesize, print, signal: end.signal });
  await said('watching');
});

afterEach(async () => {
  end.abort();
  await watching;
  rmSync(folder, { recursive: true });
});

test('a save shows what it changes in the YAML', async () => {
  writeFileSync(source(), 'replicas: 4\n');
  const shown = await said('replicas: 4');
  expect(shown).toContain('-replicas: 3\n+replicas: 4');
  expect(shown).toMatch(/\ncharts\/chart\.ts: \d+ ms$/);
});

test('a synthesis that fails is told of; the next one is compared with the last that did not', async () => {
  writeFileSync(source(), 'such thing\n');
  expect(await said('no such thing')).toBe('no such thing');
  writeFileSync(source(), 'replicas: 5\n');
  expect(await said('replicas: 5')).toContain('-replicas: 3\n+replicas: 5');
});

test('a save that changes nothing says so', async () => {
  writeFileSync(source(), 'replicas: 3\n');
  expect(await said('which changes nothing')).toMatch(/^charts\/chart\.ts: \d+ ms, which changes nothing$/);
});

test('what a synthesis itself writes, and saves while one is under way, are no endless loop', async () => {
  for (const replicas of [4, 5, 6, 7]) writeFileSync(source(), `replicas: ${replicas}\n`);
  await said('replicas: 7');
  const calls = synthesize.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(synthesize.mock.calls.length).toBe(calls);
  expect(calls).toBeLessThan(6);
});
