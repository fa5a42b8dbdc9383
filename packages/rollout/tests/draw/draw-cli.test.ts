import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rollout } from '../run.ts';
import { blueGreen, outage } from './timelines.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'draw-'));
  writeFileSync(at('a.json'), JSON.stringify(outage));
  writeFileSync(at('b.json'), JSON.stringify(blueGreen));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('SVG shows both timelines and has the same bytes each time', async () => {
  const [one, two] = [at('one.svg'), at('two.svg')];
  for (const output of [one, two]) {
    expect(await rollout(['draw', at('a.json'), at('b.json'), '-o', output])).toMatchObject({
      code: 0,
      err: '',
    });
  }
  const svg = readFileSync(one, 'utf8');
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  for (const words of ['Predicted: Deployment web', 'Recorded on Kubernetes v1.27.4', 'no pod ready: 4 s']) {
    expect(svg).toContain(words);
  }
  expect(svg).toContain('#0072b2');
  expect(readFileSync(two, 'utf8') === svg).toBe(true);
});

test('PNG has twice the size in pixels', async () => {
  const output = at('x.png');
  expect((await rollout(['draw', at('b.json'), '-o', output])).code).toBe(0);
  const png = readFileSync(output);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2000);
  const bare = await rollout(['draw', '-', '--format', 'png'], JSON.stringify({ ...blueGreen, pods: [] }));
  expect(bare.bytes.subarray(1, 4).toString()).toBe('PNG');
});

test('HTML loads nothing from the network, and a string in a timeline cannot end its script', async () => {
  const evil = { ...blueGreen, changes: [{ at: 0, description: '</script><script>alert(1)</script>' }] };
  const { code, out: html } = await rollout(['draw', '-', '--format', 'html'], JSON.stringify(evil));
  expect(code).toBe(0);
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
  expect(html).not.toContain('<script>alert(1)');
  expect(html.match(/<script/g)).toHaveLength(3);
  const spec: unknown = JSON.parse(/id="spec">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
  expect(spec).toHaveProperty('signals.2.name', 'held');
});

test('--json prints the Vega specification', async () => {
  const { out } = await rollout(['draw', at('a.json'), '--json']);
  expect(JSON.parse(out)).toHaveProperty('$schema', 'https://vega.github.io/schema/vega/v6.json');
});

describe('invalid input gives a one-line error and exit code 2', () => {
  const table: [string, string[], string][] = [
    ['unknown format', ['b.json', '-o', 'x.gif'], 'unknown format'],
    ['missing file', ['no.json'], 'cannot read'],
    ['standard input twice', ['-', '-'], '- is given twice'],
    ['missing folder', ['b.json', '-o', 'no/x.svg'], 'cannot write'],
  ];
  test.each(table)('%s', async (_, args, words) => {
    const { code, err } = await rollout(['draw', ...args.map((arg) => (/\.|\//.test(arg) ? at(arg) : arg))]);
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(err).toContain(words);
  });
});
