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

/** Waits until a block that contains a string is printed, and returns the block. */
async function printedWith(part: string): Promise<string> {
  for (;;) {
    const found = printed.find((block) => block.includes(part));
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
    const content = readFileSync(source(), 'utf8');
    writeFileSync(path.join(folder, 'dist/chart.yaml'), content);
    return Promise.resolve(
      content.startsWith('replicas')
        ? { files: { 'dist/chart.yaml': content } }
        : { failure: `cannot synthesize ${content}` },
    );
  });
  const print = (block: string): void => {
    printed.push(block);
    wake();
  };
  watching = watch({ folder, synthesize, print, signal: end.signal });
  await printedWith('watching');
});

afterEach(async () => {
  end.abort();
  await watching;
  rmSync(folder, { recursive: true });
});

test('prints what a save changed in the YAML', async () => {
  writeFileSync(source(), 'replicas: 4\n');
  const block = await printedWith('replicas: 4');
  expect(block).toContain('-replicas: 3\n+replicas: 4');
  expect(block).toMatch(/\ncharts\/chart\.ts: \d+ ms$/);
});

test('prints the error of a failed synthesis, and compares the next one with the last that succeeded', async () => {
  writeFileSync(source(), 'nonsense\n');
  expect(await printedWith('nonsense')).toBe('cannot synthesize nonsense');
  writeFileSync(source(), 'replicas: 5\n');
  expect(await printedWith('replicas: 5')).toContain('-replicas: 3\n+replicas: 5');
});

test('prints that a save changed nothing', async () => {
  writeFileSync(source(), 'replicas: 3\n');
  expect(await printedWith('no change')).toMatch(/^charts\/chart\.ts: \d+ ms, no change$/);
});

test('does not loop on files that a synthesis writes, and joins saves that come during a synthesis', async () => {
  for (const replicas of [4, 5, 6, 7]) writeFileSync(source(), `replicas: ${replicas}\n`);
  await printedWith('replicas: 7');
  const calls = synthesize.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(synthesize.mock.calls.length).toBe(calls);
  expect(calls).toBeLessThan(6);
});
