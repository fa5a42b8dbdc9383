import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { slug, stage } from './sources';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const object = (name: string) => `kind: Pod\nmetadata:\n  name: ${name}\n`;

test('each source becomes a file, and its objects of a namespace of its own', () => {
  stage(
    [
      { name: 'one.yaml', text: `---\n${object('a')}---\n${object('b')}` },
      { name: 'helm two', text: object('a') },
    ],
    folder,
  );
  expect(readdirSync(folder)).toEqual(['helm-two.yaml', 'one.yaml']);
  const documents = parseAllDocuments(readFileSync(path.join(folder, 'one.yaml'), 'utf8'));
  expect(documents.map((document) => document.toJS() as unknown)).toEqual([
    { kind: 'Pod', metadata: { name: 'a', namespace: 'one' } },
    { kind: 'Pod', metadata: { name: 'b', namespace: 'one' } },
  ]);
});

test('texts that YAML 1.1 takes for something else stay texts', () => {
  const text = `${object('a')}data:\n  plain: "on"\n  number: "0755"\n  multi: |-\n    {{ x }}\n    y\n`;
  stage([{ name: 'one.yaml', text }], folder);
  const [document] = parseAllDocuments(readFileSync(path.join(folder, 'one.yaml'), 'utf8'), {
    version: '1.1',
  });
  expect(document?.toJS()).toMatchObject({ data: { plain: 'on', number: '0755', multi: '{{ x }}\ny' } });
});

test.each([
  ['a key that stands twice', `${object('a')}kind: Pod\n`, 'Map keys must be unique'],
  ['a document that is a text', 'kind', 'a document is not an object'],
])('%s is refused, with its source', (_, text, reason) => {
  expect(() => {
    stage([{ name: 'one.yaml', text }], folder);
  }).toThrow(`one.yaml: ${reason}`);
});

test('a slug may name a namespace', () => {
  expect(slug({ name: 'helm free-strategy', text: '' })).toBe('helm-free-strategy');
  expect(slug({ name: 'online-inference-pod.yaml', text: '' })).toBe('online-inference-pod');
});
