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

test('stage writes a file for each source, and gives its objects a namespace of their own', () => {
  stage(
    [
      { name: 'one.yaml', yaml: `---\n${object('a')}---\n${object('b')}` },
      { name: 'helm two', yaml: object('a') },
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

test('stage keeps strings that YAML 1.1 would read as another type', () => {
  const yaml = `${object('a')}data:\n  plain: "on"\n  number: "0755"\n  multi: |-\n    {{ x }}\n    y\n`;
  stage([{ name: 'one.yaml', yaml }], folder);
  const [document] = parseAllDocuments(readFileSync(path.join(folder, 'one.yaml'), 'utf8'), {
    version: '1.1',
  });
  expect(document?.toJS()).toMatchObject({ data: { plain: 'on', number: '0755', multi: '{{ x }}\ny' } });
});

test.each([
  ['a duplicate key', `${object('a')}kind: Pod\n`, 'Map keys must be unique'],
  ['a document that is a string', 'kind', 'a document is not an object'],
])('stage rejects %s and names the source', (_, yaml, reason) => {
  expect(() => {
    stage([{ name: 'one.yaml', yaml }], folder);
  }).toThrow(`one.yaml: ${reason}`);
});

test('slug returns a valid namespace name', () => {
  expect(slug({ name: 'helm free-strategy', yaml: '' })).toBe('helm-free-strategy');
  expect(slug({ name: 'online-inference-pod.yaml', yaml: '' })).toBe('online-inference-pod');
});
